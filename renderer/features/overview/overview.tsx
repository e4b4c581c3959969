import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../queries.ts';
import { Problem } from '../../ui/problem.tsx';
import { Figures } from './figures.tsx';
import { HeadlineCard } from './headline-card.tsx';
import { MainsCard } from './mains-card.tsx';
import { ParkedNotice } from './parked-notice.tsx';
import { ServersCard } from './servers-card.tsx';
import { TillsCard } from './tills-card.tsx';
import classes from './overview.module.css';

/** How the shop stands, on one page. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(overviewQuery);
  return (
    <div className={classes['stack']}>
      <h1 className="br-hidden">{t('overview.title')}</h1>
      {data ? (
        <>
          <HeadlineCard overview={data} />
          <ParkedNotice parked={data.queue.parked} />
          <Figures overview={data} />
          <div className={classes['columns']}>
            <TillsCard tills={data.tills} />
            <div className={classes['stack']}>
              {/* A main that reports to nobody has no head office to show. */}
              {data.server.role === 'main' && data.mains.length === 0 ? null : (
                <MainsCard mains={data.mains} />
              )}
              <ServersCard watched={data.mains} />
            </div>
          </div>
        </>
      ) : error ? (
        <Problem error={error} onAgain={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  );
}

/** Holds the places of what comes, so that nothing moves when it does. */
function Loading() {
  const { t } = useTranslation();
  return (
    <div className={classes['stack']} role="status" aria-label={t('app.loading')}>
      <Skeleton height={112} radius="lg" />
      <Skeleton height={118} radius="lg" />
      <div className={classes['columns']}>
        <Skeleton height={300} radius="lg" />
        <Skeleton height={300} radius="lg" />
      </div>
    </div>
  );
}
