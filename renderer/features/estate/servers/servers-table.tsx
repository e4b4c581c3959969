import { IconPower } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ServerRow } from '../../../../server/contract/definitions-api.ts';
import { organizationsQuery, servicesQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Pill } from '../../../ui/pill.tsx';
import table from '../../../ui/table.module.css';
import { stateLook } from '../../../words.ts';
import { UPTAKE_LOOK } from '../words.ts';
import classes from './servers.module.css';

/** Organizations that a cell names before it counts the rest. */
const NAMED = 2;

/** Servers in the order of their priority; those that are switched off come last. */
export function ServersTable(props: {
  servers: readonly ServerRow[];
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const servers = props.servers.toSorted((a, b) => Number(b.active) - Number(a.active));
  return (
    <div className={table['scroll']}>
      <table className={table['table']} aria-label={t('estate.servers.title')}>
        <thead>
          <tr>
            <th scope="col" className={table['end']}>
              <abbr title={t('estate.field.priority')} className={classes['abbr']}>
                {t('estate.servers.priority')}
              </abbr>
            </th>
            <th scope="col">{t('estate.servers.server')}</th>
            <th scope="col">{t('estate.servers.state')}</th>
            <th scope="col" className={table['wide']}>
              {t('estate.servers.serves')}
            </th>
            <th scope="col" className={table['wide']}>
              {t('estate.servers.offers')}
            </th>
            <th scope="col" className={table['wide']}>
              {t('estate.servers.uptake')}
            </th>
          </tr>
        </thead>
        <tbody>
          {servers.map((server) => (
            <Row key={server.id} server={server} onOpen={() => props.onOpen(server.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ server, onOpen }: { server: ServerRow; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wide = table['wide'] ?? '';
  return (
    <tr data-server={server.key} data-active={server.active}>
      <td className={`${table['end'] ?? ''} ${classes['priority'] ?? ''}`}>
        {format.number(server.priority)}
      </td>
      <th scope="row">
        <button
          type="button"
          className={classes['open']}
          onClick={onOpen}
          aria-label={t('estate.servers.open', { name: server.name })}
        >
          {server.name}
        </button>
        <span className={classes['under']}>{t(`estate.type.${server.type}`)}</span>
        <span className={`${classes['under'] ?? ''} br-break`}>{server.url}</span>
      </th>
      <td>
        <State server={server} />
      </td>
      <td className={wide}>{server.active ? <Serves server={server} /> : null}</td>
      <td className={wide}>{server.active ? <Offers server={server} /> : null}</td>
      <td className={wide}>
        {server.active ? (
          <Pill {...UPTAKE_LOOK[server.uptake]}>{t(`estate.uptakeState.${server.uptake}`)}</Pill>
        ) : null}
      </td>
    </tr>
  );
}

function State({ server: { active, status } }: { server: ServerRow }) {
  const { t } = useTranslation();
  if (!active) {
    return (
      <Pill tone="calm" icon={IconPower}>
        {t('estate.servers.inactive')}
      </Pill>
    );
  }
  return (
    <div className={classes['state']}>
      <span className={classes['since']}>
        <Pill {...stateLook(status.state)}>
          {status.state === null ? t('estate.servers.unheard') : t(`serverState.${status.state}`)}
        </Pill>
        {status.since === null ? null : (
          <span className="br-quiet br-small">
            <Moment at={status.since} relative />
          </span>
        )}
      </span>
      {status.reason === null ? null : (
        <span className={classes['under']} lang="en">
          {status.reason}
        </span>
      )}
    </div>
  );
}

function Serves({ server }: { server: ServerRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(organizationsQuery);
  if (server.allOrganizations) return t('estate.servers.everybody');
  const names = server.organizations.map(
    (id) => data?.organizations.find((row) => row.id === id)?.name ?? id,
  );
  if (names.length === 0) return <strong>{t('estate.servers.nobody')}</strong>;
  const rest = names.length - NAMED;
  const shown = names.slice(0, NAMED);
  return format.list(
    rest > 0 ? [...shown, t('estate.servers.more', { n: format.number(rest) })] : shown,
  );
}

function Offers({ server }: { server: ServerRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(servicesQuery);
  if (server.allServices) return t('estate.servers.allServices');
  const n = format.number(server.offers.length);
  return t('estate.servers.someServices', { n, of: format.number(data?.services.length ?? 0) });
}
