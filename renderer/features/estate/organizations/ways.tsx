import { IconAlertTriangle, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routesQuery, serversQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { Pill } from '../../../ui/pill.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { counted } from '../../../words.ts';
import { shortName } from '../words.ts';
import classes from './organizations.module.css';
import { groupRoutes } from './route-groups.ts';
import type { RouteGroup } from './route-groups.ts';

/** Where each service of an organization goes. */
export function Ways({ organization }: { organization: string }) {
  const { data, error, refetch } = useQuery(routesQuery(organization));
  if (data === undefined) {
    return error ? (
      <Problem error={error} onAgain={() => void refetch()} />
    ) : (
      <RowsSkeleton rows={4} />
    );
  }
  return (
    <ul className={classes['ways']}>
      {groupRoutes(data.routes).map((group) => (
        <Way key={`${group.routingType} ${group.servers.join(' ')}`} group={group} />
      ))}
    </ul>
  );
}

function Way({ group }: { group: RouteGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const servers = useQuery(serversQuery).data?.servers ?? [];
  const names = group.servers.map((key) => servers.find((row) => row.key === key)?.name ?? key);
  const isFailover = group.routingType === 'Failover';
  const n = group.services.length;
  return (
    <li className={classes['way']}>
      {names.length === 0 ? (
        <Pill tone="care" icon={IconAlertTriangle}>
          {t('estate.services.nobody')}
        </Pill>
      ) : (
        <p>
          <strong>{isFailover ? names.join(' → ') : format.list(names)}</strong>
        </p>
      )}
      <p className="br-quiet br-small">{t(`estate.routing.${group.routingType}.meaning`)}</p>
      <details className={classes['details']}>
        <summary>
          <IconRoute size={16} stroke={1.8} aria-hidden />{' '}
          {t('estate.organizations.services', counted(n, format.number(n)))}
        </summary>
        <ul>
          {group.services.map((service) => (
            <li key={service} className="br-break">
              {shortName(service)}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
