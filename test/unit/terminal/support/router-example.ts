import { loadDefinitions } from '../../../../terminal/bootstrap.ts';
import { Delivery } from '../../../../terminal/delivery.ts';
import type { Platform } from '../../../../terminal/platform.ts';
import type { QueueLog } from '../../../../terminal/queue.ts';
import { MessageQueue } from '../../../../terminal/queue.ts';
import { RequestRouter } from '../../../../terminal/request-router.ts';

/** Sells one ticket by the estate that this address belongs to; resolves when a server has it. */
export async function sellOnce(platform: Platform, queueLog: QueueLog, origin: string) {
  const router = new RequestRouter({ platform, origin, terminalName: 'C-01' });
  const reloadDefinitions = async (): Promise<void> => {
    const fault = await loadDefinitions(router, 'C-01');
    if (fault !== null) platform.log(fault, 'the definitions could not be loaded');
  };
  await reloadDefinitions();
  await router.logIn({ userName: 'ana', secret: '1111' });
  const products = await router.query('org.openbravo.retail.posterminal.master.Product', {});

  const queue = await MessageQueue.open(queueLog, platform);
  const intervals = { tokenRefreshMs: 30 * 60_000, pingMs: 5 * 60_000 };
  const identity = { terminalId: 'T1', appVersion: 'mine 1.0', heartbeatMs: 15_000 };
  const delivery = new Delivery({
    ...{ platform, router, queue, intervals, reloadDefinitions, ...identity },
  });
  await delivery.start();

  const [messageId, id] = [platform.ids.next(), platform.ids.next()];
  const done = await delivery.hand({
    ...{ messageId, service: 'org.openbravo.retail.posterminal.OrderLoader' },
    ...{ head: { pos: 'T1', terminalName: 'C-01' }, data: [{ id, documentNo: 'C01/0000043' }] },
    entry: { kind: 'sale', id, documentNo: 'C01/0000043', grossMinor: 250, atMs: 0 },
  });
  // The customer may go: the ticket is on the till's disk. The rest takes care of itself.
  await done.accepted;
  await delivery.stop();
  return { productsFrom: products.server?.name, where: queue.whereIs(messageId) };
}
