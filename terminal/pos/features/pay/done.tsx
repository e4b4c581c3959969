import { Button } from '@mantine/core';
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FoundReceipt, OpenedReceipt, SoldTicket } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, usePosStatus, useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { PrintArea } from '../../ui/print.tsx';
import { Paper } from '../receipts/paper.tsx';
import { Where } from '../receipts/where.tsx';
import classes from './pay.module.css';

/** A ticket that is done: what to give back, where it is, the paper, and on to the next. */
export function Done({ sold, onNext }: { sold: SoldTicket; onNext: () => void }) {
  const { t } = useWords();
  const format = useFormat();
  const { changeMinor, ticket } = sold;
  const receipt = useReceipt(sold);
  const isReturn = ticket.kind === 'return';
  const headline = isReturn
    ? t('done.payBack', { sum: format.money(-ticket.totals.grossMinor) })
    : changeMinor > 0
      ? t('done.change', { sum: format.money(changeMinor) })
      : t('done.noChange');
  useEffect(() => announce(headline), [headline]);
  const print = (): void => window.print();
  useHotkeys({ Enter: onNext, p: print });
  return (
    <section className={classes['done']} aria-label={t('done.title')}>
      <div className={classes['result']}>
        <IconCircleCheck size={64} stroke={1.4} className={classes['check']} aria-hidden />
        <p className={classes['label']}>
          {isReturn
            ? t('done.returned')
            : t('done.paid', { sum: format.money(ticket.totals.grossMinor) })}
        </p>
        {isReturn ? (
          <p className={classes['huge']}>{format.money(-ticket.totals.grossMinor)}</p>
        ) : changeMinor > 0 ? (
          <>
            <p className={classes['label']}>{t('done.giveBack')}</p>
            <p className={classes['huge']}>{format.money(changeMinor)}</p>
          </>
        ) : (
          <p className={classes['big']}>{t('done.noChange')}</p>
        )}
        <p className="till-quiet">{t('done.number', { number: ticket.documentNo })}</p>
        <Where where={receipt?.found.where ?? sold.receipt.where} />
        <div className={classes['next']}>
          <Button
            variant="default"
            size="xl"
            disabled={receipt === null}
            leftSection={<IconPrinter size={24} aria-hidden />}
            rightSection={<kbd className="till-kbd">P</kbd>}
            onClick={print}
          >
            {t('done.print')}
          </Button>
          <Button
            size="xl"
            autoFocus
            rightSection={<kbd className="till-kbd">Enter</kbd>}
            onClick={onNext}
          >
            {t('done.next')}
          </Button>
        </div>
      </div>
      {receipt === null ? null : (
        <>
          <div className={classes['preview']}>
            <Paper receipt={receipt} />
          </div>
          <PrintArea>
            <Paper receipt={receipt} />
          </PrintArea>
        </>
      )}
    </section>
  );
}

/** The receipt behind it, looked at again whenever the till moves on, so that it says where it is now. */
function useReceipt({ receipt }: SoldTicket): OpenedReceipt | null {
  const till = useTill();
  const { kept, unsent } = usePosStatus();
  const [opened, setOpened] = useState<OpenedReceipt | null>(null);
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const found = await till.findReceipts(receipt.documentNo).catch((): FoundReceipt[] => []);
      const own = found.find(({ ticketId }) => ticketId === receipt.ticketId) ?? receipt;
      const next = await till.openReceipt(own).catch(() => null);
      if (!isOver && next !== null) setOpened(next);
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [till, receipt, kept, unsent]);
  return opened;
}
