import { Button } from '@mantine/core';
import { IconCoins, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { CashUpSoFar } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { useFormat, usePosStatus, useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { Banner } from '../../ui/banner.tsx';
import panes from '../../ui/panes.module.css';
import { PrintArea } from '../../ui/print.tsx';
import { useTask } from '../../ui/use-task.ts';
import { CashReport } from './cash-report.tsx';
import classes from './cash.module.css';
import { CoinCount } from './coin-count.tsx';
import { CountTable } from './count-table.tsx';
import type { CountRow, Counting } from './counting.ts';
import { countOf, countRows, isReady, NOTHING_COUNTED } from './counting.ts';

interface Closed {
  soFar: CashUpSoFar;
  rows: CountRow[];
  closedAtMs: number;
}

/** Counts what is there, shows what differs, and closes the cash-up. */
export function CashUp() {
  const { t } = useWords();
  const [closed, setClosed] = useState<Closed | null>(null);
  if (closed === null) return <Count onClosed={setClosed} />;
  return (
    <div className={classes['closed']}>
      <Banner tone="good">{t('cashUp.closed')}</Banner>
      <div className={panes['actions']}>
        <Button
          size="xl"
          autoFocus
          leftSection={<IconPrinter size={24} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('cashUp.print')}
        </Button>
        <Button variant="default" size="xl" onClick={() => setClosed(null)}>
          {t('cashUp.again')}
        </Button>
      </div>
      <CashReport {...closed} />
      <PrintArea>
        <CashReport {...closed} />
      </PrintArea>
    </div>
  );
}

function Count({ onClosed }: { onClosed: (closed: Closed) => void }) {
  const { t } = useWords();
  const till = useTill();
  const format = useFormat();
  const { clock } = useSurroundings();
  const status = usePosStatus();
  const task = useTask();
  const precision = till.settings.currency.obposPosprecision;
  const soFar = till.cashUpSoFar();
  const [counting, setCounting] = useState<Counting>(NOTHING_COUNTED);
  const [coinsFor, setCoinsFor] = useState<string | null>(null);
  const rows = countRows(soFar, counting, precision);
  const cash = rows.find(({ isCash }) => isCash);
  const close = (): void => {
    void task.run(async () => {
      const { counted, kept } = countOf(rows);
      await till.cashUp(counted, kept);
      announce(t('cashUp.closed'));
      onClosed({ soFar, rows, closedAtMs: clock.nowMs() });
    });
  };
  return (
    <form
      className={classes['count']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady(rows)) close();
      }}
    >
      <p className="till-quiet">
        {t('cashUp.since', {
          time: format.dateTime(soFar.openedAtMs),
          sales: t('cashUp.sales', { count: soFar.sales.count }),
          salesSum: format.money(soFar.sales.grossMinor),
          returns: t('cashUp.returns', { count: soFar.returns.count }),
          returnsSum: format.money(soFar.returns.grossMinor),
        })}
      </p>
      {status.unsent > 0 ? (
        <Banner tone="busy">{t('cashUp.unsent', { count: status.unsent })}</Banner>
      ) : null}
      <CountTable rows={rows} soFar={soFar} counting={counting} onChange={setCounting} />
      {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      <div className={panes['actions']}>
        {cash === undefined ? null : (
          <Button
            variant="default"
            size="xl"
            leftSection={<IconCoins size={24} aria-hidden />}
            onClick={() => setCoinsFor(cash.searchKey)}
          >
            {t('cashUp.coins')}
          </Button>
        )}
        <Button type="submit" size="xl" disabled={!isReady(rows)} loading={task.isBusy}>
          {t('cashUp.close')}
        </Button>
        {isReady(rows) ? null : <span className="till-quiet">{t('cashUp.countFirst')}</span>}
      </div>
      {coinsFor === null ? null : (
        <CoinCount
          onClose={() => setCoinsFor(null)}
          onCounted={(text) => {
            setCounting({ ...counting, counted: { ...counting.counted, [coinsFor]: text } });
            setCoinsFor(null);
          }}
        />
      )}
    </form>
  );
}
