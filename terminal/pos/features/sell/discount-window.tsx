import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { press } from '../../ui/entry.ts';
import { Keypad } from '../../ui/keypad.tsx';
import { Window } from '../../ui/window.tsx';
import { DiscountFields, decimalsOf, discountOf, entryOf } from './discount-fields.tsx';
import { useSale } from './sale-context.tsx';
import classes from './windows.module.css';

/** A discount on the whole ticket. */
export function DiscountWindow({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const { settings } = useTill();
  const precision = settings.currency.obposPosprecision;
  const { cart, act } = useSale();
  const [entry, setEntry] = useState(() => entryOf(cart.discount, precision));
  return (
    <Window title={t('discount.title')} onClose={onClose} size="sm">
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          act({ kind: 'discount', discount: discountOf(entry, precision) });
          onClose();
        }}
      >
        <DiscountFields entry={entry} onChange={setEntry} autoFocus />
        <Keypad
          decimalSign={format.decimalSign}
          onKey={(key) =>
            setEntry({ ...entry, text: press(entry.text, key, decimalsOf(entry, precision)) })
          }
        />
        <Button type="submit" size="xl">
          {t(discountOf(entry, precision) === null ? 'discount.none' : 'discount.give')}
        </Button>
      </form>
    </Window>
  );
}
