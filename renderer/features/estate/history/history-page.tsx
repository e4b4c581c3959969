import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { historyModelSchema } from '../../../../server/contract/definitions-api.ts';
import type { DefinitionsSummary } from '../../../../server/contract/definitions-api.ts';
import { historyQuery } from '../../../estate-queries.ts';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import classes from './history.module.css';
import { HistoryItem } from './history-item.tsx';

/** Every change of the definitions, newest first, each of which can be taken back. */
export function HistoryPage({ summary }: { summary: DefinitionsSummary }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const before = Number(params.get('before'));
  const model = historyModelSchema.safeParse(params.get('model')).data;
  const id = params.get('id') ?? undefined;
  const { data, error, refetch } = useQuery(
    historyQuery({
      before: before > 0 ? before : undefined,
      ...(model !== undefined && { model, id }),
    }),
  );
  const page = (value: number | null): void =>
    setParams((present) => {
      const next = new URLSearchParams(present);
      if (value === null) next.delete('before');
      else next.set('before', String(value));
      return next;
    });
  const narrowed = model !== undefined;
  return (
    <Card
      title={t('estate.history.title')}
      hint={t(narrowed ? 'estate.history.narrowed' : 'estate.history.hint')}
      side={
        narrowed ? (
          <Button size="sm" variant="default" onClick={() => setParams({})}>
            {t('estate.history.all')}
          </Button>
        ) : null
      }
    >
      {data === undefined ? (
        error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={5} />
        )
      ) : data.changes.length === 0 ? (
        <Empty
          icon={IconHistory}
          title={t('estate.history.empty')}
          body={t('estate.history.emptyBody')}
        />
      ) : (
        <>
          <ol className={classes['list']}>
            {data.changes.map((change) => (
              <HistoryItem
                key={change.changeNo}
                change={change}
                mayUndo={summary.readOnly === null}
              />
            ))}
          </ol>
          {data.nextBefore === null && !(before > 0) ? null : (
            <nav className={classes['pages']} aria-label={t('queue.entries.pages')}>
              <Button
                size="xs"
                variant="default"
                disabled={!(before > 0)}
                onClick={() => page(null)}
              >
                {t('queue.entries.newest')}
              </Button>
              <Button
                size="xs"
                variant="default"
                disabled={data.nextBefore === null}
                onClick={() => page(data.nextBefore)}
              >
                {t('queue.entries.older')}
              </Button>
            </nav>
          )}
        </>
      )}
    </Card>
  );
}
