import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ServerRow, ServiceRow } from '../../../../server/contract/definitions-api.ts';
import { serversQuery, servicesQuery } from '../../../estate-queries.ts';
import { Card } from '../../../ui/card.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { Findings } from '../review/findings.tsx';
import { Legend } from './legend.tsx';
import { ServiceMatrix } from './service-matrix.tsx';

/** Which server offers which service, at a glance, and whom tills try first. */
export function ServicesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(servicesQuery);
  const servers = useQuery(serversQuery).data?.servers;
  if (data === undefined || servers === undefined) {
    return (
      <Card title={t('estate.services.title')}>
        {error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={8} />
        )}
      </Card>
    );
  }
  const active = servers
    .filter((server) => server.active)
    .toSorted((a, b) => a.priority - b.priority);
  return (
    <>
      {data.findings.length === 0 ? null : <Findings findings={data.findings} />}
      <Legend services={data.services} />
      {modulesOf(data.services).map(([module, services]) => (
        <Module key={module} module={module} services={services} servers={active} />
      ))}
    </>
  );
}

function Module(props: {
  module: string;
  services: readonly ServiceRow[];
  servers: readonly ServerRow[];
}) {
  const { t } = useTranslation();
  return (
    <Card title={<span className="br-break">{props.module}</span>} hint={t('estate.services.hint')}>
      <ServiceMatrix {...props} />
    </Card>
  );
}

function modulesOf(services: readonly ServiceRow[]): [string, ServiceRow[]][] {
  return [...Map.groupBy(services, ({ module }) => module)];
}
