import { Delivery } from '../../../../terminal/delivery.ts';
import type { Journal } from '../../../../terminal/journal.ts';
import type { Archive } from '../../../../terminal/keeping.ts';
import { MessageQueue } from '../../../../terminal/queue.ts';
import { RequestRouter } from '../../../../terminal/request-router.ts';
import type { TerminalSettings } from '../../../../terminal/terminal-settings.ts';
import { MemoryLog } from './memory-log.ts';
import type { MoodyServer } from './moody-estate.ts';
import { MoodyEstate } from './moody-estate.ts';

/** Services of the messages that a test sells. */
export const SERVICES = ['OrderLoader', 'CustomerLoader', 'ProcessCashMgmt'] as const;
export const HEARTBEAT_MS = 5_000;
export const PING_MS = 60_000;
export const CASHIER = { userName: 'ana', secret: '1111' };

const journal: Journal = {
  write: () => Promise.resolve(),
  totals: () => {
    throw new Error('nobody asks');
  },
};
const settings = {
  terminal: { client: 'C', organization: 'O', id: 'T', searchKey: 'T-01' },
} as TerminalSettings;

/** Everything behind a till's disk, with these servers; somebody is logged in unless told otherwise. */
export async function openDelivery(
  servers: readonly Omit<MoodyServer, 'books' | 'mood'>[],
  { isLoggedIn = true, archive }: { isLoggedIn?: boolean; archive?: Archive } = {},
) {
  const estate = new MoodyEstate(servers);
  const { platform } = estate;
  const origin = `http://${servers[0]?.name ?? ''}.test/openbravo`;
  const router = new RequestRouter({ platform, origin, terminalName: 'T-01' });
  router.configure(estate.table(SERVICES));
  if (isLoggedIn) {
    const logIn = router.logIn(CASHIER);
    await platform.advance(100);
    await logIn;
  }
  const log = new MemoryLog();
  const queue = await MessageQueue.open(log, platform);
  const delivery = new Delivery({
    ...{ platform, router, queue, journal, archive, terminalId: 'T', heartbeatMs: HEARTBEAT_MS },
    ...{ appVersion: 'test', intervals: { tokenRefreshMs: 30 * 60_000, pingMs: PING_MS } },
    reloadDefinitions: () => Promise.resolve(),
  });
  await delivery.start();
  let sold = 0;
  const sell = async (service: string): Promise<string> => {
    sold += 1;
    const messageId = `m${String(sold).padStart(4, '0')}`;
    const entry = {
      kind: 'sale',
      id: messageId,
      documentNo: null,
      grossMinor: 1,
      atMs: 0,
    } as const;
    await delivery.take(service, { id: messageId }, entry, { settings, messageId });
    return messageId;
  };
  return { estate, router, queue, log, delivery, sell };
}

export type Opened = Awaited<ReturnType<typeof openDelivery>>;

/** Ends it; what is under way has its deadline first. */
export async function stop({ estate, delivery }: Opened): Promise<void> {
  const stopping = delivery.stop();
  await estate.platform.advance(30_000);
  await stopping;
}
