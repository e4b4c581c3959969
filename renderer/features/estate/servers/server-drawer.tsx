import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionsSummary, ServerRow } from '../../../../server/contract/definitions-api.ts';
import { JoinCodeWindow } from '../../session/join-code.tsx';
import { useLast } from '../../../ui/use-last.ts';
import { NO_LANDMARK } from '../../../ui/window.ts';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import form from '../review/form.module.css';
import { ServerForm } from './server-form.tsx';

/** One server's definition, or an empty one, over the list. */
export function ServerDrawer(props: {
  /** The id of a server, or `new`. */
  wanted: string | null;
  servers: readonly ServerRow[] | undefined;
  summary: DefinitionsSummary;
  onClose: () => void;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { servers, wanted } = props;
  const titled = useLast(wanted);
  const [joining, setJoining] = useState<string | null>(null);
  const server = servers?.find(({ id }) => id === wanted);
  const isNew = wanted === 'new';
  const titleOf = (id: string | null): string =>
    id === 'new' ? t('estate.servers.new') : (servers?.find((one) => one.id === id)?.name ?? '');
  return (
    <>
      <Drawer
        opened={wanted !== null}
        onClose={props.onClose}
        position="right"
        size="44rem"
        title={titleOf(titled)}
        closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
        attributes={NO_LANDMARK}
        classNames={{ title: form['title'] ?? '' }}
      >
        {wanted === null ? null : servers === undefined ? (
          <RowsSkeleton rows={8} />
        ) : server || isNew ? (
          <ServerForm
            key={wanted}
            server={server}
            servers={servers}
            summary={props.summary}
            onJoin={setJoining}
            onDone={(id) => (id === undefined ? props.onClose() : props.onOpen(id))}
          />
        ) : (
          <p role="alert">{t('estate.servers.gone')}</p>
        )}
      </Drawer>
      <JoinCodeWindow
        key={joining}
        opened={joining !== null}
        serverKey={joining ?? ''}
        onClose={() => setJoining(null)}
      />
    </>
  );
}
