import { Button, Drawer } from '@mantine/core';
import { IconRefresh, IconHandStop } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntryDetail, Overview } from '../../../server/contract/manage.ts';
import { CallError, client } from '../../client.ts';
import { entryQuery } from '../../queries.ts';
import { announce } from '../../ui/announce.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Problem } from '../../ui/problem.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { ENTRY_LOOK, serviceWord } from '../../words.ts';
import { Deliveries } from './deliveries.tsx';
import { Facts } from './facts.tsx';
import { MessageText } from './message-text.tsx';
import { Story } from './story.tsx';
import classes from './entry-drawer.module.css';
import { NO_LANDMARK } from '../../ui/window.ts';

/** One entry in full, over the list. */
export function EntryDrawer(props: {
  entryNo: number | undefined;
  overview: Overview | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { entryNo } = props;
  return (
    <Drawer
      opened={entryNo !== undefined}
      onClose={props.onClose}
      position="right"
      size="34rem"
      title={entryNo === undefined ? '' : t('queue.entry.title', { no: entryNo })}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      classNames={{ title: classes['title'] ?? '' }}
    >
      {entryNo === undefined ? null : <Entry entryNo={entryNo} overview={props.overview} />}
    </Drawer>
  );
}

function Entry({ entryNo, overview }: { entryNo: number; overview: Overview | undefined }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(entryQuery(entryNo));
  if (data) return <Whole entry={data} overview={overview} />;
  if (error instanceof CallError && error.status === 404) {
    return <p role="alert">{t('queue.entry.gone', { no: entryNo })}</p>;
  }
  return error ? (
    <Problem error={error} onAgain={() => void refetch()} />
  ) : (
    <RowsSkeleton rows={8} />
  );
}

function Whole({ entry, overview }: { entry: EntryDetail; overview: Overview | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={classes['whole']}>
      <div className={classes['head']}>
        <p className={classes['what']}>
          {serviceWord(t, entry.service)} {entry.documentNo}
        </p>
        <Pill {...ENTRY_LOOK[entry.state]}>{t(`entryState.${entry.state}`)}</Pill>
      </div>
      <RetryButton entry={entry} />
      {entry.reason === null ? null : (
        <section className={classes['reason']}>
          <h3>
            <IconHandStop size={18} stroke={1.8} aria-hidden /> {t('queue.entry.reason')}
          </h3>
          <p className="br-break">{entry.reason}</p>
        </section>
      )}
      <Deliveries entry={entry} overview={overview} />
      <Story entry={entry} />
      <Facts entry={entry} overview={overview} />
      <MessageText body={entry.body} />
    </div>
  );
}

function RetryButton({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation();
  const retry = useMutation({
    mutationFn: () => client.retryEntry(entry.entryNo),
    onSuccess: () => announce(t('queue.entry.retried')),
  });
  const waits = entry.deliveries.some(({ state }) => state === 'waiting' || state === 'parked');
  const nothing = retry.error instanceof CallError && retry.error.code === 'nothingWaits';
  if (!waits) return null;
  return (
    <div className={classes['retry']}>
      <Button
        size="sm"
        leftSection={<IconRefresh size={16} aria-hidden />}
        loading={retry.isPending}
        onClick={() => retry.mutate()}
      >
        {t('queue.entry.retry')}
      </Button>
      <p className="br-quiet br-small">
        {retry.isSuccess ? t('queue.entry.retried') : null}
        {nothing ? t('queue.entry.nothingWaits') : retry.error?.message}
      </p>
    </div>
  );
}
