import type { CashUpSoFar } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import paper from '../receipts/paper.module.css';
import type { CountRow } from './counting.ts';

/** A closed cash-up on paper. */
export function CashReport(props: {
  soFar: CashUpSoFar;
  rows: readonly CountRow[];
  closedAtMs: number;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { settings, cashier } = useTill();
  const { soFar, rows } = props;
  return (
    <article className={paper['paper']} aria-label={t('cashUp.report')}>
      <header>
        <p className={paper['shop']}>{t('cashUp.report')}</p>
        <p>{t('paper.till', { till: settings.terminal.searchKey, cashier: cashier.name })}</p>
        <p>
          {format.dateTime(soFar.openedAtMs)} – {format.dateTime(props.closedAtMs)}
        </p>
      </header>
      <dl>
        <div>
          <dt>{t('cashUp.sales', { count: soFar.sales.count })}</dt>
          <dd>{format.money(soFar.sales.grossMinor)}</dd>
        </div>
        <div>
          <dt>{t('cashUp.returns', { count: soFar.returns.count })}</dt>
          <dd>{format.money(-soFar.returns.grossMinor)}</dd>
        </div>
      </dl>
      {rows.map((row, index) => {
        const method = soFar.methods[index];
        const lines: (readonly [string, number])[] = [
          [t('cashUp.starting'), method?.startingMinor ?? 0],
          [t('cashUp.soldBy'), method?.salesMinor ?? 0],
          [t('cashUp.returnedBy'), -(method?.returnsMinor ?? 0)],
          [t('cashUp.deposits'), method?.depositsMinor ?? 0],
          [t('cashUp.drops'), -(method?.dropsMinor ?? 0)],
          [t('cashUp.expected'), row.expectedMinor],
          [t('cashUp.counted'), row.countedMinor ?? row.expectedMinor],
          [t('cashUp.difference'), row.differenceMinor ?? 0],
          [t('cashUp.stays'), row.keptMinor],
        ];
        return (
          <dl key={row.searchKey}>
            <div className={paper['total']}>
              <dt>{row.name}</dt>
            </div>
            {lines.map(([words, minor]) => (
              <div key={words}>
                <dt>{words}</dt>
                <dd>{format.money(minor)}</dd>
              </div>
            ))}
          </dl>
        );
      })}
    </article>
  );
}
