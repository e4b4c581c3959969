import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../queries.ts';
import { EntriesCard } from './entries-card.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { LanesCard } from './lanes-card.tsx';
import { useQueueFilter } from './use-filter.ts';
import classes from './queue.module.css';

/** Lanes and entries, live; one entry in full in the drawer. */
export function QueueScreen() {
  const { t } = useTranslation();
  const [filter, change] = useQueueFilter();
  const { data: overview } = useQuery(overviewQuery);
  const role = overview?.server.role ?? 'store';
  return (
    <div className={classes['stack']}>
      <div>
        <h1>{t('queue.title')}</h1>
        <p className="br-quiet">{t(`queue.lead.${role}`)}</p>
      </div>
      {role === 'store' || (overview?.mains.length ?? 0) > 0 ? (
        <LanesCard overview={overview} />
      ) : null}
      <EntriesCard overview={overview} filter={filter} onChange={change} />
      <EntryDrawer
        entryNo={filter.entry}
        overview={overview}
        onClose={() => change({ entry: undefined })}
      />
    </div>
  );
}
