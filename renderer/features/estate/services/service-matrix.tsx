import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ServerRow, ServiceRow } from '../../../../server/contract/definitions-api.ts';
import { useFormat } from '../../../time.ts';
import table from '../../../ui/table.module.css';
import { shortName } from '../words.ts';
import classes from './services.module.css';

/** Services by servers: the number says who is tried first, second, and so on. */
export function ServiceMatrix(props: {
  module: string;
  services: readonly ServiceRow[];
  servers: readonly ServerRow[];
}) {
  const { t } = useTranslation();
  return (
    <div className={table['scroll']} role="group" aria-label={props.module}>
      <table className={`${table['table'] ?? ''} ${classes['matrix'] ?? ''}`}>
        <caption className="br-hidden">
          {t('estate.services.caption', { module: props.module })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('estate.services.service')}</th>
            <th scope="col">{t('estate.services.way')}</th>
            {props.servers.map((server) => (
              <th key={server.key} scope="col" className={classes['server']}>
                {server.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.services.map((service) => (
            <tr key={service.name}>
              <th scope="row" title={service.name} className="br-break">
                {shortName(service.name)}
                {service.servers.length === 0 ? <Nobody /> : null}
              </th>
              <td className="br-quiet">{t(`estate.routing.${service.routingType}.name`)}</td>
              {props.servers.map((server) => (
                <td key={server.key} className={classes['cell']}>
                  <Cell service={service} place={service.servers.indexOf(server.key)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ service, place }: { service: ServiceRow; place: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (place < 0) {
    return (
      <>
        <span className={classes['not']} aria-hidden>
          ·
        </span>
        <span className="br-hidden">{t('estate.services.not')}</span>
      </>
    );
  }
  const inTurn = service.routingType === 'Failover';
  return (
    <span className={classes['offered']} data-first={place === 0 || !inTurn}>
      {inTurn ? (
        format.number(place + 1)
      ) : (
        <>
          <IconCheck size={16} stroke={2.4} aria-hidden />
          <span className="br-hidden">{t('estate.services.offered')}</span>
        </>
      )}
    </span>
  );
}

function Nobody() {
  const { t } = useTranslation();
  return (
    <span className={classes['nobody']}>
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden /> {t('estate.services.nobody')}
    </span>
  );
}
