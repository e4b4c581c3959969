import { commonParameters } from './bootstrap.ts';
import type { RequestRouter } from './request-router.ts';
import type { Credentials } from './session.ts';
import type { FailOver } from './sightings.ts';
import { WATCHED } from './sightings.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** What a till finds when it calls its servers on purpose. Servers are named; null where none answered. */
export interface Probe {
  logIn: string | null;
  products: string | null;
  customers: string | null;
  /** Newest fail-overs of this till, oldest first. */
  failOvers: FailOver[];
}

/** Logs in anew and searches, only to see who answers. */
export async function probeServers(
  router: RequestRouter,
  settings: TerminalSettings,
  credentials: Credentials,
): Promise<Probe> {
  const search = async (service: string): Promise<string | null> => {
    const { reply, server } = await router.query(service, {
      ...commonParameters(settings),
      ...{ _isMasterdata: true, lastUpdated: null, _limit: 1, _offset: 0, _count: 0 },
    });
    return reply.kind === 'answer' ? (server?.name ?? null) : null;
  };
  const logIn = await router.logIn(credentials);
  const products = await search(WATCHED.products);
  const customers = await search(WATCHED.customers);
  const failOvers = [...router.sightings.failOvers];
  return { logIn: logIn.ok ? logIn.server : null, products, customers, failOvers };
}
