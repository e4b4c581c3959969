import { IconPower } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ServerRow } from '../../../../server/contract/definitions-api.ts';
import { useFormat, useNow } from '../../../time.ts';
import { Pill } from '../../../ui/pill.tsx';
import { stateLook } from '../../../words.ts';
import { UPTAKE_LOOK } from '../words.ts';
import classes from './server-form.module.css';

/** How the server stands at this moment: its state and why, and whether it has the definitions. */
export function ServerFacts({ server }: { server: ServerRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const { status, uptake } = server;
  return (
    <div className={classes['facts']}>
      <div className={classes['pills']}>
        {server.active ? (
          <>
            <Pill {...stateLook(status.state)}>
              {status.state === null
                ? t('estate.servers.unheard')
                : t(`serverState.${status.state}`)}
            </Pill>
            <Pill {...UPTAKE_LOOK[uptake]}>{t(`estate.uptakeLong.${uptake}`)}</Pill>
          </>
        ) : (
          <Pill tone="calm" icon={IconPower}>
            {t('estate.servers.inactive')}
          </Pill>
        )}
        <Link
          href={`/estate/history?model=MobileServer&id=${encodeURIComponent(server.id)}`}
          className={classes['link'] ?? ''}
        >
          {t('estate.servers.itsHistory')}
        </Link>
      </div>
      <p className="br-quiet br-small">
        {t(`estate.servers.knownBy.${status.knownBy}`)}
        {status.since === null
          ? null
          : ` · ${t('overview.mains.since', { time: format.moment(status.since, nowMs) })}`}
        {status.lastContactAt === null
          ? null
          : ` · ${t('overview.mains.lastContact', { ago: format.relative(status.lastContactAt, nowMs) })}`}
      </p>
      {status.reason === null ? null : (
        <p className="br-small br-break" lang="en">
          {status.reason}
        </p>
      )}
    </div>
  );
}
