import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CartLine } from '../../../cart.ts';
import type { CatalogueProduct } from '../../../catalogue.ts';
import { QUANTITY_SCALE } from '../../../scales.ts';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useFormat, useTill } from '../../till-context.tsx';
import { press, valueOf } from '../../ui/entry.ts';
import { Keypad } from '../../ui/keypad.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Window } from '../../ui/window.tsx';
import { DiscountFields, decimalsOf, discountOf, entryOf } from './discount-fields.tsx';
import { useSale } from './sale-context.tsx';
import classes from './windows.module.css';

/** A line of the cart, opened: how much of it, and a discount on it. */
export function LineWindow({ lineKey, onClose }: { lineKey: string; onClose: () => void }) {
  const { cart } = useSale();
  const { products } = useCatalogue();
  const line = cart.lines.find(({ key }) => key === lineKey);
  if (line === undefined) return null;
  return <LineForm line={line} product={products.get(line.productId)} onClose={onClose} />;
}

function LineForm(props: {
  line: CartLine;
  product: CatalogueProduct | undefined;
  onClose: () => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { settings } = useTill();
  const precision = settings.currency.obposPosprecision;
  const { act } = useSale();
  const { line, product, onClose } = props;
  const [quantity, setQuantity] = useState('');
  const [entry, setEntry] = useState(() => entryOf(line.discount, precision));
  const [aim, setAim] = useState<'quantity' | 'discount'>('quantity');
  const decimals = decimalsFor(product);
  const save = (): void => {
    const typed = valueOf(quantity, QUANTITY_SCALE);
    const discount = discountOf(entry, precision);
    act({ kind: 'change', key: line.key, quantity: typed ?? line.quantity, discount });
    onClose();
  };
  return (
    <Window
      title={product?.row._identifier ?? t('cart.unknownProduct')}
      onClose={onClose}
      size={680}
    >
      <form
        className={classes['two']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={classes['form']}>
          <div onFocus={() => setAim('quantity')}>
            <NumberField
              label={t('line.quantity')}
              value={quantity}
              placeholder={format.quantity(line.quantity)}
              decimals={decimals}
              decimalSign={format.decimalSign}
              onChange={setQuantity}
              autoFocus
            />
          </div>
          <div className={classes['form']} onFocus={() => setAim('discount')}>
            <DiscountFields entry={entry} onChange={setEntry} />
          </div>
        </div>
        <div className={classes['form']}>
          <Keypad
            decimalSign={format.decimalSign}
            onKey={(key) => {
              if (aim === 'quantity') setQuantity(press(quantity, key, decimals));
              else
                setEntry({ ...entry, text: press(entry.text, key, decimalsOf(entry, precision)) });
            }}
          />
          <Button type="submit" size="xl">
            {t('line.save')}
          </Button>
          <Button
            variant="light"
            color="red"
            size="lg"
            leftSection={<IconTrash size={20} aria-hidden />}
            onClick={() => {
              act({ kind: 'remove', key: line.key });
              onClose();
            }}
          >
            {t('line.remove')}
          </Button>
        </div>
      </form>
    </Window>
  );
}

/** Only what is weighed or measured comes in parts. */
function decimalsFor(product: CatalogueProduct | undefined): number {
  const precision = product?.row.uOMstandardPrecision ?? 0;
  const least = product?.row.obposScale === true ? QUANTITY_SCALE : 0;
  return Math.min(QUANTITY_SCALE, Math.max(precision, least));
}
