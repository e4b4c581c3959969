import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { Banner } from '../../ui/banner.tsx';
import { press, valueOf } from '../../ui/entry.ts';
import { Keypad } from '../../ui/keypad.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { useTask } from '../../ui/use-task.ts';
import classes from './cash.module.css';

/** Puts cash into the drawer or takes it out, with the reason. */
export function Movement({ direction }: { direction: 'deposit' | 'drop' }) {
  const { t } = useWords();
  const till = useTill();
  const format = useFormat();
  const task = useTask();
  const precision = till.settings.currency.obposPosprecision;
  const reasons =
    direction === 'deposit'
      ? till.settings.cashMgmtDepositEvents
      : till.settings.cashMgmtDropEvents;
  const [reasonId, setReasonId] = useState(reasons[0]?.id ?? '');
  const [entry, setEntry] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const amountMinor = valueOf(entry, precision) ?? 0;
  const move = (): void => {
    if (amountMinor <= 0) return;
    void task.run(async () => {
      await till.moveCash(direction, amountMinor, reasonId);
      const sentence = t(`cash.done.${direction}`, { sum: format.money(amountMinor) });
      announce(sentence);
      setSaid(sentence);
      setEntry('');
    });
  };
  return (
    <form
      className={classes['movement']}
      onSubmit={(event) => {
        event.preventDefault();
        move();
      }}
    >
      <div className={classes['reasons']} role="group" aria-label={t('cash.reason')}>
        <h2>{t('cash.reason')}</h2>
        {reasons.length === 0 ? <p className="till-quiet">{t('cash.noReasons')}</p> : null}
        {reasons.map(({ id, name }) => (
          <UnstyledButton
            key={id}
            className={classes['reason']}
            aria-pressed={id === reasonId}
            onClick={() => setReasonId(id)}
          >
            {name}
          </UnstyledButton>
        ))}
        {said === null ? null : <Banner tone="good">{said}</Banner>}
        {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      </div>
      <div className={classes['amount']}>
        <NumberField
          label={t('cash.amount')}
          value={entry}
          placeholder={format.plain(0)}
          decimals={precision}
          decimalSign={format.decimalSign}
          onChange={setEntry}
          autoFocus
        />
        <Keypad
          decimalSign={format.decimalSign}
          onKey={(key) => setEntry(press(entry, key, precision))}
        />
        <Button type="submit" size="xl" disabled={amountMinor <= 0} loading={task.isBusy}>
          {t(`cash.do.${direction}`, { sum: format.money(amountMinor) })}
        </Button>
      </div>
    </form>
  );
}
