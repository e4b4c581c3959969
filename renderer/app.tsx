import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { CallError, isLoggedOut } from './client.ts';
import { OverviewScreen } from './features/overview/overview.tsx';
import { QueueScreen } from './features/queue/queue.tsx';
import { SessionGate } from './features/session/session-gate.tsx';
import { LiveProvider } from './live.tsx';
import { endSession } from './queries.ts';
import { cssVariables, theme } from './theme.ts';
import { CrashBoundary } from './ui/crash.tsx';
import { RowsSkeleton } from './ui/rows-skeleton.tsx';
import { Shell } from './ui/shell.tsx';

/** The windows of the estate are many and seldom opened: they come when they are wanted. */
const EstateScreen = lazy(async () => {
  const { EstateScreen: Screen } = await import('./features/estate/estate.tsx');
  return { default: Screen };
});

/** Everything below /manage. `nonce` is what the page's policy lets style elements through with. */
export function App({ nonce }: { nonce: string }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Router base="/manage">
          <CrashBoundary>
            <SessionGate>
              {(session) => (
                <LiveProvider>
                  <Shell session={session}>
                    <Screens />
                  </Shell>
                </LiveProvider>
              )}
            </SessionGate>
          </CrashBoundary>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Screens() {
  useTitle();
  return (
    <CrashBoundary>
      <Switch>
        <Route path="/" component={OverviewScreen} />
        <Route path="/queue" component={QueueScreen} />
        <Route path="/estate/*?">
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <EstateScreen />
          </Suspense>
        </Route>
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </CrashBoundary>
  );
}

/** Names the page after its screen, for history and screen readers. */
function useTitle(): void {
  const { t } = useTranslation();
  const [location] = useLocation();
  const screen = t(`nav.${screenOf(location)}`);
  useEffect(() => {
    document.title = `${screen} · ${t('app.name')}`;
  }, [screen, t]);
}

function screenOf(location: string): 'overview' | 'queue' | 'estate' {
  if (location === '/queue') return 'queue';
  return location.startsWith('/estate') ? 'estate' : 'overview';
}

function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (isLoggedOut(error)) void endSession(queryClient);
  };
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The server may well be here while the internet is not.
        networkMode: 'always',
        // Events say when something is stale.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) =>
          failures < 2 && error instanceof CallError && error.kind === 'unreachable',
        retryDelay: 500,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return queryClient;
}
