import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lane, Overview } from '../../../server/contract/manage.ts';
import { client } from '../../client.ts';
import { lanesQuery } from '../../queries.ts';
import { useFormat, useNow } from '../../time.ts';
import { announce } from '../../ui/announce.tsx';
import { Card } from '../../ui/card.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Problem } from '../../ui/problem.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import table from '../../ui/table.module.css';
import { counted } from '../../words.ts';
import classes from './lanes-card.module.css';

/** Lanes shown before a person asks for all of them. */
const FEW = 4;

/** The lanes that hold something, longest first. */
export function LanesCard({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery(lanesQuery);
  const busy = (data?.lanes ?? [])
    .filter((lane) => lane.waiting > 0 || lane.parked > 0)
    .sort((a, b) => b.waiting - a.waiting || b.parked - a.parked);
  const shown = all ? busy : busy.slice(0, FEW);
  const hidden = busy.length - shown.length;
  return (
    <Card title={t('queue.lanes.title')} hint={t('queue.lanes.hint')}>
      {data === undefined ? (
        error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={2} />
        )
      ) : busy.length === 0 ? (
        <p className={classes['empty']}>
          <IconCircleCheck size={20} stroke={1.8} color="var(--br-good)" aria-hidden />
          {t('queue.lanes.empty')}
        </p>
      ) : (
        <LanesTable lanes={shown} overview={overview} />
      )}
      {hidden > 0 ? (
        <div className={classes['more']}>
          <Button variant="subtle" onClick={() => setAll(true)}>
            {t('queue.lanes.more', counted(hidden, format.number(hidden)))}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function LanesTable(props: { lanes: readonly Lane[]; overview: Overview | undefined }) {
  const { t } = useTranslation();
  const wide = table['wide'] ?? '';
  const end = table['end'] ?? '';
  return (
    <div className={table['scroll']}>
      <table className={table['table']} aria-label={t('queue.lanes.title')}>
        <thead>
          <tr>
            <th scope="col">{t('queue.lanes.till')}</th>
            <th scope="col">{t('queue.lanes.to')}</th>
            <th scope="col" className={end}>
              {t('queue.lanes.waiting')}
            </th>
            <th scope="col" className={`${end} ${wide}`}>
              {t('queue.lanes.parked')}
            </th>
            <th scope="col" className={wide}>
              {t('queue.lanes.next')}
            </th>
            <th scope="col">
              <span className="br-hidden">{t('queue.lanes.retry')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.lanes.map((lane) => (
            <LaneRow
              key={`${lane.destination} ${lane.terminal}`}
              lane={lane}
              destination={
                props.overview?.mains.find((main) => main.key === lane.destination)?.name ??
                lane.destination
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LaneRow({ lane, destination }: { lane: Lane; destination: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const retry = useMutation({
    mutationFn: client.retryLane,
    onSuccess: () => announce(t('queue.lanes.retried')),
  });
  const till = lane.terminalName;
  const wide = table['wide'] ?? '';
  const end = table['end'] ?? '';
  return (
    <tr>
      <th scope="row">{till}</th>
      <td>{destination}</td>
      <td className={end}>{format.number(lane.waiting)}</td>
      <td className={`${end} ${wide}`}>{format.number(lane.parked)}</td>
      <td className={`${wide} ${classes['next'] ?? ''}`}>
        <NextTry lane={lane} />
      </td>
      <td className={end}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={lane.waiting === 0}
          loading={retry.isPending}
          aria-label={t('queue.lanes.retryOf', { till, destination })}
          onClick={() => retry.mutate({ destination: lane.destination, terminal: lane.terminal })}
        >
          {t('queue.lanes.retry')}
        </Button>
      </td>
    </tr>
  );
}

function NextTry({ lane }: { lane: Lane }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  if (lane.waiting === 0) return null;
  const due = lane.nextAttemptAt === null || Date.parse(lane.nextAttemptAt) <= nowMs;
  return (
    <>
      <span className={`${classes['when'] ?? ''} br-number`}>
        {due || lane.nextAttemptAt === null ? (
          t('queue.lanes.now')
        ) : (
          <Moment at={lane.nextAttemptAt} relative />
        )}
        {lane.attempts > 0
          ? ` · ${t('queue.lanes.attempts', counted(lane.attempts, format.number(lane.attempts)))}`
          : ''}
      </span>
      {lane.lastError === null ? null : (
        <span className={classes['error']} title={lane.lastError}>
          {lane.lastError}
        </span>
      )}
    </>
  );
}
