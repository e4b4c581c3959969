import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { JoinCodeWindow } from '../features/session/join-code.tsx';
import type { LoggedIn } from '../features/session/session-gate.tsx';
import { Announcer } from './announce.tsx';
import { ConnectionBanner } from './connection.tsx';
import { Header } from './header.tsx';
import classes from './shell.module.css';
import { ShortcutsWindow, useShortcuts } from './shortcuts.tsx';

/** The frame around every screen. */
export function Shell({ session, children }: { session: LoggedIn; children: ReactNode }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<'shortcuts' | 'joinCode' | null>(null);
  const shortcuts = useShortcuts(() => setOpened('shortcuts'));
  const close = (): void => setOpened(null);
  return (
    <>
      <a
        className={classes['skip']}
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <Header
        session={session}
        onShortcuts={() => setOpened('shortcuts')}
        onJoinCode={() => setOpened('joinCode')}
      />
      <main id="content" tabIndex={-1} className={classes['content']}>
        <ConnectionBanner />
        {children}
      </main>
      <Announcer />
      <ShortcutsWindow
        opened={opened === 'shortcuts'}
        onClose={close}
        used={shortcuts.used}
        onUse={shortcuts.use}
      />
      <JoinCodeWindow opened={opened === 'joinCode'} onClose={close} />
    </>
  );
}
