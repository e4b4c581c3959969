import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n.ts';
import { CashUp } from './cash-up.tsx';
import classes from './cash.module.css';
import { Movement } from './movement.tsx';

/** Cash in and out of the drawer, and the count at the end of a shift. */
export function CashScreen() {
  const { t } = useWords();
  const [part, setPart] = useState<'deposit' | 'drop' | 'cashUp'>('deposit');
  return (
    <section className={classes['screen']} aria-label={t('nav.cash')}>
      <SegmentedControl
        size="lg"
        aria-label={t('nav.cash')}
        value={part}
        onChange={setPart}
        data={[
          { value: 'deposit', label: t('cash.in') },
          { value: 'drop', label: t('cash.out') },
          { value: 'cashUp', label: t('cash.cashUp') },
        ]}
      />
      {part === 'cashUp' ? <CashUp /> : <Movement key={part} direction={part} />}
    </section>
  );
}
