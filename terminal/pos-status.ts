import type { ServerState } from '../server/contract/heartbeat.ts';
import type { Delivery } from './delivery.ts';
import type { PosStatus } from './pos-till.ts';
import type { MessageQueue } from './queue.ts';
import type { RequestRouter } from './request-router.ts';
import type { RouterServer } from './routing.ts';
import { SERVICES } from './services.ts';
import type { Stock } from './stock.ts';

interface StatusParts {
  router: RequestRouter;
  queue: MessageQueue;
  delivery: Pick<Delivery, 'unsent' | 'parked' | 'serverState'>;
  stock: Pick<Stock, 'loadedAtMs' | 'isRefreshing'>;
  storeFault: string | null;
}

/** How a till stands. */
export function statusOf({ router, queue, delivery, stock, storeFault }: StatusParts): PosStatus {
  const server = servedBy(router);
  const isAnswered = router.servers.some((each) => router.healthOf(each).online);
  return {
    unsent: delivery.unsent(),
    kept: queue.size,
    parked: delivery.parked(),
    server: server?.name ?? null,
    headOffice: server === undefined ? null : hearsMain(server, delivery.serverState()),
    can: { createCustomers: storeFault === null, findOldReceipts: isAnswered },
    catalogueLoadedAtMs: stock.loadedAtMs,
    isRefreshing: stock.isRefreshing,
    storeFault,
    // While nobody answers there is nothing to log in at.
    sessionFault: isAnswered ? router.sessionFault : null,
  };
}

/** A main is the head office itself; a store server is online while it hears a main. */
function hearsMain(server: RouterServer, state: ServerState | null): boolean | null {
  if (server.mainServer) return true;
  return state === null ? null : state === 'online';
}

/** The server that takes the next ticket; undefined where none is thought to answer. */
function servedBy(router: RequestRouter): RouterServer | undefined {
  const [lane] = router.lanes([SERVICES.order]);
  const [next] = router.inOrder(lane?.servers ?? []);
  return next !== undefined && router.healthOf(next).online ? next : undefined;
}
