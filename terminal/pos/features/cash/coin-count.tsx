import { Button } from '@mantine/core';
import { useState } from 'react';
import { fromScaled } from '../../../../server/core/money.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Window } from '../../ui/window.tsx';
import classes from './cash.module.css';
import { denominationsOf, totalOf } from './denominations.ts';

/** Counts cash by notes and coins. Gives the sum as it would be typed. */
export function CoinCount(props: { onClose: () => void; onCounted: (text: string) => void }) {
  const { t } = useWords();
  const format = useFormat();
  const { settings } = useTill();
  const precision = settings.currency.obposPosprecision;
  const [pieces, setPieces] = useState<ReadonlyMap<number, string>>(new Map());
  const totalMinor = totalOf(
    new Map([...pieces].map(([denomination, count]) => [denomination, Number(count)])),
  );
  return (
    <Window title={t('cashUp.coins')} onClose={props.onClose} size={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onCounted(fromScaled(totalMinor, precision).toFixed(precision));
        }}
      >
        <div className={classes['coins']}>
          {denominationsOf(settings.terminal.currency$_identifier, precision).map(
            (denomination, index) => (
              <div key={denomination} className={classes['coin']}>
                <span className="till-number">{format.money(denomination)}</span>
                <span aria-hidden>×</span>
                <NumberField
                  isSmall
                  isLabelHidden
                  label={t('cashUp.pieces', { of: format.money(denomination) })}
                  value={pieces.get(denomination) ?? ''}
                  placeholder="0"
                  decimals={0}
                  decimalSign={format.decimalSign}
                  onChange={(count) => setPieces(new Map(pieces).set(denomination, count))}
                  autoFocus={index === 0}
                />
              </div>
            ),
          )}
        </div>
        <Button type="submit" size="xl" fullWidth mt="md">
          {t('cashUp.takeCoins', { sum: format.money(totalMinor) })}
        </Button>
      </form>
    </Window>
  );
}
