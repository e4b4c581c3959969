import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { createLive } from './store.ts';
import type { Connection } from './store.ts';

const ConnectionContext = createContext<Connection>({ state: 'connecting' });

/** Keeps everything below it up to date for as long as it is shown. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [live] = useState(() => createLive(queryClient));
  const connection = useSyncExternalStore(live.subscribe, live.connection);
  useEffect(() => {
    const stop = new AbortController();
    void live.run(stop.signal);
    return () => stop.abort();
  }, [live]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/** Whether this screen hears from its server. */
export function useConnection(): Connection {
  return use(ConnectionContext);
}
