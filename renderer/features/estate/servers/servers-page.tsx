import { Button } from '@mantine/core';
import { IconPlus, IconServer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { DefinitionsSummary } from '../../../../server/contract/definitions-api.ts';
import { serversQuery } from '../../../estate-queries.ts';
import { Card } from '../../../ui/card.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { ServerDrawer } from './server-drawer.tsx';
import { ServersTable } from './servers-table.tsx';

/** The servers of the estate, in the order in which tills try them; one in full in the drawer. */
export function ServersPage({ summary }: { summary: DefinitionsSummary }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useQuery(serversQuery);
  const open = (server: string | null): void => setParams(server === null ? {} : { server });
  const mayChange = summary.readOnly === null;
  return (
    <>
      <Card
        title={t('estate.servers.title')}
        hint={t('estate.servers.hint')}
        side={
          mayChange ? (
            <Button
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => open('new')}
              size="sm"
            >
              {t('estate.servers.new')}
            </Button>
          ) : null
        }
      >
        {data === undefined ? (
          error ? (
            <Problem error={error} onAgain={() => void refetch()} />
          ) : (
            <RowsSkeleton rows={3} />
          )
        ) : data.servers.length === 0 ? (
          <Empty
            icon={IconServer}
            title={t('estate.servers.empty')}
            body={t('estate.servers.emptyBody')}
          />
        ) : (
          <ServersTable servers={data.servers} onOpen={open} />
        )}
      </Card>
      <ServerDrawer
        wanted={params.get('server')}
        servers={data?.servers}
        summary={summary}
        onClose={() => open(null)}
        onOpen={open}
      />
    </>
  );
}
