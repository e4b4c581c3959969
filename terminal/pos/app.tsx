import { Loader, MantineProvider } from '@mantine/core';
import { IconDatabaseX, IconDeviceDesktopPin } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import type { PosTill } from '../pos-till.ts';
import type { Connection } from './connection.ts';
import { Door } from './features/door/door.tsx';
import doorClasses from './features/door/door.module.css';
import { Session } from './features/frame/session.tsx';
import { NoticePage } from './features/start/notice-page.tsx';
import { TillName } from './features/start/till-name.tsx';
import { useWords } from './i18n.ts';
import type { Surroundings } from './surroundings.tsx';
import { SurroundingsProvider } from './surroundings.tsx';
import { theme } from './theme.ts';
import { CrashBoundary } from './ui/crash.tsx';

export interface AppProps {
  surroundings: Surroundings;
  /** Null: nobody has said yet which till this is. */
  connection: Connection | null;
  onName: (terminalName: string) => void;
}

/** The Web POS. Its styles are files: the page's policy lets no style elements through. */
export function App({ surroundings, connection, onName }: AppProps) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <SurroundingsProvider value={surroundings}>
        <CrashBoundary>
          {connection === null ? <TillName onName={onName} /> : <Opening connection={connection} />}
        </CrashBoundary>
      </SurroundingsProvider>
    </MantineProvider>
  );
}

function Opening({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const state = useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state(),
  );
  const [till, setTill] = useState<PosTill | null>(null);
  switch (state.kind) {
    case 'opening':
      return (
        <main className={doorClasses['page']}>
          <Loader aria-label={t('door.opening')} />
        </main>
      );
    case 'elsewhere':
      return (
        <NoticePage
          icon={IconDeviceDesktopPin}
          title={t('elsewhere.title')}
          body={t('elsewhere.body')}
          action={{ words: t('elsewhere.useHere'), run: state.useHere }}
        />
      );
    case 'failed':
      return (
        <NoticePage
          icon={IconDatabaseX}
          title={t('failed.title')}
          body={state.message}
          action={{ words: t('crash.reload'), run: () => window.location.reload() }}
        />
      );
    case 'open':
      return till === null ? (
        <Door door={state.door} onOpen={setTill} />
      ) : (
        <Session till={till} onOver={() => setTill(null)} />
      );
  }
}
