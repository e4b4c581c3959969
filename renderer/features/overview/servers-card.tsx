import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerState } from '../../../server/contract/heartbeat.ts';
import type { MainStatus, PeerStatus, ServerStates } from '../../../server/contract/manage.ts';
import { statesQuery } from '../../queries.ts';
import { useFormat, useNow } from '../../time.ts';
import { Card } from '../../ui/card.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Problem } from '../../ui/problem.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { stateLook } from '../../words.ts';
import { ForceWindow } from './force-window.tsx';
import classes from './mains-card.module.css';

/** This server's own state, and the servers that report to it; those of head office have their card. */
export function ServersCard({ watched }: { watched: readonly MainStatus[] }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(statesQuery);
  const peers = data?.peers.filter(({ key }) => watched.every((main) => main.key !== key)) ?? [];
  return (
    <Card title={t('overview.servers.title')}>
      {data ? (
        <ul>
          <Own own={data.own} />
          {peers.map((peer) => (
            <Peer key={peer.key} peer={peer} />
          ))}
        </ul>
      ) : error ? (
        <Problem error={error} onAgain={() => void refetch()} />
      ) : (
        <RowsSkeleton rows={2} />
      )}
    </Card>
  );
}

function Own({ own }: { own: ServerStates['own'] }) {
  const { t } = useTranslation();
  const [forcing, setForcing] = useState(false);
  const to =
    own.state === 'offline' || own.state === 'transitioning to offline' ? 'online' : 'offline';
  const action = t(
    to === 'online' ? 'overview.servers.bringOnline' : 'overview.servers.takeOffline',
  );
  return (
    <Item
      id={own.key}
      name={t('overview.servers.own')}
      state={own.state}
      since={own.since}
      reason={own.reason}
      note={own.forced ? t('overview.servers.forced') : null}
      side={
        <Button size="compact-sm" variant="default" onClick={() => setForcing(true)}>
          {action}
        </Button>
      }
    >
      <ForceWindow to={to} opened={forcing} onClose={() => setForcing(false)} />
    </Item>
  );
}

function Peer({ peer }: { peer: PeerStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const { key, name, lastContactAt, since, reason } = peer;
  const note =
    lastContactAt === null
      ? t('overview.servers.never')
      : t('overview.servers.heard', { ago: format.relative(lastContactAt, nowMs) });
  return (
    <Item
      id={key}
      name={name}
      state={lastContactAt === null ? null : peer.state}
      since={since}
      reason={reason}
      note={lastContactAt === null ? null : note}
    />
  );
}

function Item(props: {
  id: string;
  name: string;
  state: ServerState | null;
  since: string | null;
  reason: string | null;
  note: string | null;
  side?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const { state, since, reason, note } = props;
  const facts = [
    since === null ? null : t('overview.servers.since', { time: format.moment(since, nowMs) }),
    note,
  ].filter((fact) => fact !== null);
  return (
    <li className={classes['main']} data-server={props.id}>
      <div className={classes['head']}>
        <h3 className="br-break">{props.name}</h3>
        <Pill {...stateLook(state)}>
          {state === null ? t('estate.servers.unheard') : t(`serverState.${state}`)}
        </Pill>
        <span className={classes['side']}>{props.side}</span>
      </div>
      <p className="br-quiet br-small">{facts.join(' · ')}</p>
      {reason === null || reason === '' ? null : (
        <p className="br-quiet br-small br-break" lang="en">
          {reason}
        </p>
      )}
      {props.children}
    </li>
  );
}
