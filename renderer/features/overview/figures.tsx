import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../server/contract/manage.ts';
import { useFormat, useNow } from '../../time.ts';
import classes from './figures.module.css';

/** Master data older than this is said to be old; a round of replication takes seconds. */
const FRESH_MS = 15 * 60_000;

interface Figure {
  name: string;
  value: string;
  hint: string;
}

/** The day's numbers: tickets, money, what waits longest, how old the prices are. */
export function Figures({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { today } = overview;
  const oldest = useOldest(overview);
  const data = useDataAge(overview.replication);
  const figures: Figure[] = [
    {
      name: t('overview.figure.tickets'),
      value: format.number(today.tickets),
      hint: format.day(today.day),
    },
    {
      name: t('overview.figure.sales'),
      value: format.money(today.grossMinor, today.currency, today.precision),
      hint: t('overview.figure.salesHint'),
    },
    oldest,
    ...(data ? [data] : []),
  ];
  return (
    <section aria-label={t('overview.figures')}>
      <dl className={classes['figures']}>
        {figures.map((figure) => (
          <div key={figure.name} className={classes['figure']}>
            <dt className="br-quiet br-small">{figure.name}</dt>
            <dd className={classes['value']}>{figure.value}</dd>
            <dd className="br-quiet br-small">{figure.hint}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useOldest({ server, mains, queue }: Overview): Figure {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const atMain = server.role === 'main' && mains.length === 0;
  const name = t(atMain ? 'overview.figure.oldestMain' : 'overview.figure.oldest');
  const since = queue.oldestUnconfirmedAt;
  if (since === null) {
    const hint = t(atMain ? 'overview.figure.allBooked' : 'overview.figure.allConfirmed');
    return { name, value: t('overview.figure.oldestNone'), hint };
  }
  return {
    name,
    value: format.duration(since, nowMs),
    hint: t('overview.figure.oldestHint', { time: format.moment(since, nowMs) }),
  };
}

function useDataAge(replication: Overview['replication']): Figure | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  if (replication === null) return undefined;
  const name = t('overview.figure.data');
  const { lastSuccessAt, loading, lastError } = replication;
  if (loading) {
    const hint = t('overview.figure.dataLoadingHint', {
      model: loading.model,
      rows: format.number(loading.rows),
    });
    return { name, value: t('overview.figure.dataLoading'), hint };
  }
  if (lastSuccessAt === null) {
    return { name, value: t('overview.figure.dataNever'), hint: lastError ?? '' };
  }
  if (nowMs - Date.parse(lastSuccessAt) < FRESH_MS) {
    const hint = t('overview.figure.dataHint', { ago: format.relative(lastSuccessAt, nowMs) });
    return { name, value: t('overview.figure.dataFresh'), hint };
  }
  return {
    name,
    value: t('overview.figure.dataAge', { duration: format.duration(lastSuccessAt, nowMs) }),
    hint: t('overview.figure.dataAgeHint', { time: format.moment(lastSuccessAt, nowMs) }),
  };
}
