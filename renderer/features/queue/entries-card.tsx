import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryRow, Overview } from '../../../server/contract/manage.ts';
import { entriesQuery } from '../../queries.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Problem } from '../../ui/problem.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { EntriesTable } from './entries-table.tsx';
import { Filters } from './filters.tsx';
import { holdRows } from './held-rows.ts';
import { Pager } from './pager.tsx';
import type { QueueFilter } from './use-filter.ts';

/** The list of entries, newest first. It stands still while somebody points at it or reads in it. */
export function EntriesCard(props: {
  overview: Overview | undefined;
  filter: QueueFilter;
  onChange: (change: Partial<QueueFilter>) => void;
}) {
  const { t } = useTranslation();
  const { overview, filter, onChange } = props;
  const { state, terminal, before } = filter;
  const { data, error, refetch } = useQuery({
    ...entriesQuery({ state, terminal, before }),
    placeholderData: keepPreviousData,
  });
  const [held, setHeld] = useHeld(`${state ?? ''} ${terminal ?? ''} ${before ?? ''}`);
  const { rows, changed } = holdRows(held, data?.rows ?? []);
  return (
    <Card
      title={t('queue.entries.title')}
      side={<Filters overview={overview} filter={filter} onChange={onChange} />}
    >
      {data === undefined ? (
        error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={8} />
        )
      ) : rows.length === 0 ? (
        <NothingFits filter={filter} onChange={onChange} />
      ) : (
        <EntriesTable
          rows={rows}
          overview={overview}
          onOpen={(entryNo) => onChange({ entry: entryNo })}
          onReading={(reading) => setHeld(reading ? (held ?? rows) : null)}
        />
      )}
      {data === undefined ? null : (
        <Pager
          count={rows.length}
          changed={changed}
          before={before}
          nextBefore={data.nextBefore}
          onShowNew={() => setHeld(data.rows)}
          onPage={(page) => onChange({ before: page })}
        />
      )}
    </Card>
  );
}

/** Rows that stand still, for as long as the same page is shown. */
function useHeld(
  page: string,
): [held: readonly EntryRow[] | null, setHeld: (rows: readonly EntryRow[] | null) => void] {
  const [held, setHeld] = useState<{ page: string; rows: readonly EntryRow[] } | null>(null);
  const rows = held?.page === page ? held.rows : null;
  return [rows, (next) => setHeld(next === null ? null : { page, rows: next })];
}

function NothingFits(props: {
  filter: QueueFilter;
  onChange: (change: Partial<QueueFilter>) => void;
}) {
  const { t } = useTranslation();
  const { state, terminal, before } = props.filter;
  if (state === undefined && terminal === undefined && before === undefined) {
    return (
      <Empty
        icon={IconInbox}
        title={t('queue.entries.empty')}
        body={t('queue.entries.emptyBody')}
      />
    );
  }
  return (
    <Empty
      icon={IconFilterOff}
      title={t('queue.entries.emptyFilter')}
      action={
        <Button
          variant="default"
          onClick={() =>
            props.onChange({ state: undefined, terminal: undefined, before: undefined })
          }
        >
          {t('queue.entries.clear')}
        </Button>
      }
    />
  );
}
