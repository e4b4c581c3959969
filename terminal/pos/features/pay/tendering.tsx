import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { Tender } from '../../../cart.ts';
import type { SoldTicket } from '../../../pos-till.ts';
import type { Ticket } from '../../../ticket.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { Banner } from '../../ui/banner.tsx';
import { press, valueOf } from '../../ui/entry.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { Keypad } from '../../ui/keypad.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { useTask } from '../../ui/use-task.ts';
import { useSale } from '../sell/sale-context.tsx';
import { MethodList } from './method-list.tsx';
import classes from './pay.module.css';
import { QuickCash } from './quick-cash-buttons.tsx';
import type { MethodButton } from './standing.ts';
import { methodButtons, standingOf, withTender } from './standing.ts';
import { TenderSums } from './tender-sums.tsx';

const AMOUNT_ID = 'pay-amount';

function focusAmount(): void {
  document.getElementById(AMOUNT_ID)?.focus();
}

/** What is due, how it is paid, and what is still to be paid. Enter takes what stands in the field. */
export function Tendering(props: {
  ticket: Ticket;
  onSold: (sold: SoldTicket) => void;
  onBack: () => void;
}) {
  const { t } = useWords();
  const till = useTill();
  const format = useFormat();
  const { cart } = useSale();
  const task = useTask();
  const precision = till.settings.currency.obposPosprecision;
  const buttons = methodButtons(till.settings);
  const [method, setMethod] = useState(
    () => (buttons.find(({ isCash }) => isCash) ?? buttons[0])?.method,
  );
  const [tenders, setTenders] = useState<Tender[]>([]);
  const [entry, setEntry] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const dueMinor = props.ticket.totals.grossMinor;
  const standing = standingOf(dueMinor, tenders);
  const chosen = buttons.find((button) => button.method === method);

  const sell = (paid: readonly Tender[]): void => {
    void task.run(async () => props.onSold(await till.sell(cart, paid)));
  };
  const tender = (button: MethodButton | undefined, typedMinor: number | null): void => {
    if (standing.remainingMinor === 0) {
      sell(tenders);
      return;
    }
    const next = withTender(tenders, { button, typedMinor }, dueMinor);
    setIsRefused(next === null);
    if (next === null) return;
    setTenders(next);
    setEntry('');
    focusAmount();
    const left = standingOf(dueMinor, next).remainingMinor;
    if (left === 0) sell(next);
    else announce(t('pay.stillDue', { sum: format.money(left) }));
  };
  const choose = (next: string): void => {
    setMethod(next);
    setIsRefused(false);
    focusAmount();
  };
  useHotkeys({ Escape: props.onBack });
  return (
    <form
      className={classes['screen']}
      onSubmit={(event) => {
        event.preventDefault();
        tender(chosen, valueOf(entry, precision));
      }}
    >
      <section className={classes['left']} aria-label={t('pay.title')}>
        <Button
          variant="default"
          size="lg"
          className={classes['back'] ?? ''}
          leftSection={<IconArrowLeft size={20} aria-hidden />}
          rightSection={<kbd className="till-kbd">Esc</kbd>}
          onClick={props.onBack}
        >
          {t('pay.back')}
        </Button>
        <TenderSums
          dueMinor={dueMinor}
          standing={standing}
          tenders={tenders}
          buttons={buttons}
          onRemove={(gone) => setTenders(tenders.filter(({ method: each }) => each !== gone))}
        />
      </section>
      <section className={classes['right']} aria-label={t('pay.how')}>
        <MethodList buttons={buttons} chosen={method} onChoose={choose} />
        {chosen?.isCash === true ? (
          <QuickCash
            remainingMinor={standing.remainingMinor}
            onTake={(sumMinor) => tender(chosen, sumMinor)}
          />
        ) : null}
        <NumberField
          id={AMOUNT_ID}
          label={t('pay.amount', { method: chosen?.name ?? '' })}
          value={entry}
          placeholder={format.plain(standing.remainingMinor)}
          decimals={precision}
          decimalSign={format.decimalSign}
          onChange={(next) => {
            setEntry(next);
            setIsRefused(false);
          }}
          autoFocus
        />
        {isRefused ? <Banner tone="care">{t('pay.tooMuch')}</Banner> : null}
        {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
        <Keypad
          decimalSign={format.decimalSign}
          onKey={(key) => setEntry(press(entry, key, precision))}
        />
        <Button
          type="submit"
          size="xl"
          className={classes['take'] ?? ''}
          loading={task.isBusy}
          rightSection={<kbd className="till-kbd">Enter</kbd>}
        >
          {standing.remainingMinor === 0
            ? t('pay.finish')
            : t('pay.take', {
                sum: format.money(valueOf(entry, precision) ?? standing.remainingMinor),
                method: chosen?.name ?? '',
              })}
        </Button>
      </section>
    </form>
  );
}
