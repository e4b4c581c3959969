import { IconBolt, IconLoader2, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../live.tsx';
import { overviewQuery } from '../queries.ts';
import type { Connection } from '../store.ts';
import { useFormat, useNow } from '../time.ts';
import { announce } from './announce.tsx';
import classes from './connection.module.css';
import { Pill } from './pill.tsx';

const LOOK = {
  connecting: { tone: 'calm', icon: IconLoader2 },
  live: { tone: 'good', icon: IconBolt },
  polling: { tone: 'calm', icon: IconRefresh },
  lost: { tone: 'bad', icon: IconPlugConnectedX },
} as const;

/** The connection in a word, for the header. */
export function ConnectionPill() {
  const { t } = useTranslation();
  const { state } = useConnection();
  return (
    <span data-connection={state}>
      <Pill {...LOOK[state]}>{t(`connection.${state}`)}</Pill>
    </span>
  );
}

/** Says that this screen is cut off, and what that means for selling; read out, also when it is over. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const queryClient = useQueryClient();
  const connection = useConnection();
  useReturnAnnounced(connection);
  if (connection.state !== 'lost') return null;
  const shownMs =
    queryClient.getQueryState(overviewQuery.queryKey)?.dataUpdatedAt || connection.sinceMs;
  return (
    <div className={classes['banner']} role="alert">
      <IconPlugConnectedX size={24} stroke={1.8} aria-hidden />
      <div>
        <p className={classes['title']}>{t('connection.lostTitle')}</p>
        <p className="br-small">
          {t('connection.lostBody', {
            time: format.moment(new Date(shownMs).toISOString(), nowMs),
          })}
        </p>
      </div>
    </div>
  );
}

function useReturnAnnounced(connection: Connection): void {
  const { t } = useTranslation();
  const wasLost = useRef(false);
  const tellBack = useEffectEvent(() => announce(t('connection.back')));
  useEffect(() => {
    if (connection.state === 'lost') wasLost.current = true;
    if (connection.state === 'live' && wasLost.current) {
      wasLost.current = false;
      tellBack();
    }
  }, [connection.state]);
}
