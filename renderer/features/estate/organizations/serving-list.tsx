import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ServingServer } from '../../../../server/contract/definitions-api.ts';
import { useFormat } from '../../../time.ts';
import classes from './organizations.module.css';

/** The servers of an organization in the order in which its tills try them, each with the reason. */
export function ServingList({ servers }: { servers: readonly ServingServer[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (servers.length === 0) {
    return <p className={classes['nobody']}>{t('estate.organizations.nobody')}</p>;
  }
  return (
    <ol className={classes['serving']}>
      {servers.map((server) => (
        <li key={server.key}>
          <span className={classes['order']} title={t('estate.field.priority')}>
            {format.number(server.priority)}
          </span>
          <span>
            <strong>{server.name}</strong>{' '}
            <span className="br-quiet br-small">
              {t(`estate.type.${server.type}`)} · {becauseWords(t, server)}
              {server.offers === server.ofServices
                ? null
                : ` · ${t('estate.servers.someServices', {
                    n: format.number(server.offers),
                    of: format.number(server.ofServices),
                  })}`}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Why a server serves an organization. */
function becauseWords(t: TFunction, { because }: ServingServer): string {
  switch (because.kind) {
    case 'allOrganizations':
    case 'assigned':
      return t(`estate.because.${because.kind}`);
    case 'assignedAbove':
      return t('estate.because.assignedAbove', { name: because.name });
  }
}
