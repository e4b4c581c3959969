import { Button } from '@mantine/core';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { denominationsOf } from '../cash/denominations.ts';
import classes from './pay.module.css';
import { quickCash } from './quick-cash.ts';

/** What people hand over most often, to be touched. */
export function QuickCash(props: {
  remainingMinor: number;
  /** Null: what remains, exactly. */
  onTake: (sumMinor: number | null) => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { terminal, currency } = useTill().settings;
  const precision = currency.obposPosprecision;
  const denominations = denominationsOf(terminal.currency$_identifier, precision);
  return (
    <div className={classes['quick']} role="group" aria-label={t('pay.quick')}>
      <Button variant="light" size="lg" onClick={() => props.onTake(null)}>
        {t('pay.exact')}
      </Button>
      {quickCash(props.remainingMinor, denominations, precision).map((sumMinor) => (
        <Button key={sumMinor} variant="light" size="lg" onClick={() => props.onTake(sumMinor)}>
          {format.money(sumMinor)}
        </Button>
      ))}
    </div>
  );
}
