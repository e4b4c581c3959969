import { afterEach, describe, expect, it } from 'vitest';
import { MessageQueue } from '../../../terminal/queue.ts';
import { RequestRouter } from '../../../terminal/request-router.ts';
import type { RouterServer, TransactionLane } from '../../../terminal/routing.ts';
import { Sender } from '../../../terminal/sender.ts';
import { MemoryLog } from './support/memory-log.ts';
import { fakePlatform, flush } from './support/platform.ts';

type Behaviour = 'ok' | 'refused' | 'silent' | 'busy';

const senders: Sender[] = [];
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()));
});

function serverNamed(name: string, priority: number): RouterServer {
  return {
    ...{ name, priority, address: `http://${name}.test/openbravo` },
    ...{ allServices: true, mainServer: false, currentServer: false, services: [] },
  };
}

/** A till's sender with a main server and a fail-over server, which take down what reaches them. */
async function scene() {
  const behaviours: Record<string, Behaviour> = {};
  const arrived: Record<string, string[]> = { main: [], backup: [] };
  const platform = fakePlatform((input, init) => {
    const [name = ''] = new URL(input as string).hostname.split('.');
    if (new URL(input as string).pathname.endsWith('POSLoginHandler')) {
      const session = { showMessage: false, userId: 'U1', authenticationToken: 'token' };
      return Promise.resolve(Response.json(session));
    }
    const { messageId } = JSON.parse(init?.body as string) as { messageId: string };
    if (behaviours[name] === 'refused') return Promise.reject(new TypeError('ECONNREFUSED'));
    arrived[name]?.push(messageId);
    if (behaviours[name] !== 'silent') {
      const response = behaviours[name] === 'busy' ? { showMessage: true } : { status: 0 };
      return Promise.resolve(Response.json({ response }));
    }
    return new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  });
  const servers = [serverNamed('main', 10), serverNamed('backup', 20)];
  const router = new RequestRouter({ platform, origin: 'http://main.test', terminalName: 'T' });
  router.configure({ servers, services: [{ name: 'Loader', type: 'Transaction', timeout: 10 }] });
  const lane: TransactionLane = { name: 'store', servers, routes: new Map([['Loader', servers]]) };
  await router.logIn({ userName: 'ana', secret: '1111' });
  const queue = await MessageQueue.open(new MemoryLog(), platform);
  queue.setLanes([{ name: 'store', services: new Set(['Loader']), mains: new Set() }]);
  const sender = new Sender(lane, {
    ...{ platform, router, queue, onAccepted: () => Promise.resolve() },
    onFault: (reason) => {
      throw reason;
    },
  });
  senders.push(sender);
  sender.start();
  const make = async (...ids: string[]): Promise<void> => {
    for (const messageId of ids) {
      const entry = { kind: 'sale', id: messageId, documentNo: null, grossMinor: 1, atMs: 0 };
      const sale = { ...entry, kind: 'sale' } as const;
      await queue.add({ messageId, service: 'Loader', head: {}, data: [], entry: sale });
      sender.wake();
      await flush();
    }
  };
  return { arrived, behaviours, make, platform, queue, router };
}

describe('a server that takes over', () => {
  it('gets what the other accepted first, so that no message overtakes an older one', async () => {
    const { arrived, behaviours, make } = await scene();
    behaviours['main'] = 'refused';
    await make('m1', 'm2');
    Object.assign(behaviours, { main: 'ok', backup: 'refused' });
    await make('m3');
    expect(arrived['main']).toEqual(['m1', 'm2', 'm3']);
  });

  it('gets it once, and not what is confirmed', async () => {
    const { arrived, behaviours, make, queue } = await scene();
    behaviours['main'] = 'refused';
    await make('m1', 'm2');
    await queue.drop('m1');
    Object.assign(behaviours, { main: 'ok', backup: 'refused' });
    await make('m3', 'm4');
    expect(arrived['main']).toEqual(['m2', 'm3', 'm4']);
    expect(queue.unconfirmed('store', 10).map((each) => each.server)).toEqual(
      Array.from({ length: 3 }, () => 'main'),
    );
  });

  it('goes on where it stopped when it could not take all of it', async () => {
    const { arrived, behaviours, make, platform } = await scene();
    behaviours['main'] = 'refused';
    await make('m1', 'm2');
    Object.assign(behaviours, { main: 'silent', backup: 'refused' });
    await make('m3');
    behaviours['main'] = 'ok';
    await platform.advance(60_000);
    expect(arrived['main']?.filter((id, at, all) => all.indexOf(id) === at)).toEqual([
      ...['m1', 'm2', 'm3'],
    ]);
  });

  it('is not asked while the other only says that it is still working', async () => {
    const { arrived, behaviours, make } = await scene();
    behaviours['main'] = 'busy';
    await make('m1');
    expect(arrived).toEqual({ main: ['m1'], backup: [] });
  });

  it('is found within the timeout of the service, and the till can say how long it took', async () => {
    const { behaviours, make, platform, router } = await scene();
    behaviours['main'] = 'silent';
    await make('m1');
    expect(router.sightings.failOvers).toEqual([]);
    await platform.advance(10_000);
    const [failOver] = router.sightings.failOvers;
    expect(failOver).toMatchObject({ from: 'main', to: 'backup', timeoutMs: 10_000 });
    expect(failOver?.tookMs).toBeGreaterThanOrEqual(10_000);
    expect(failOver?.tookMs).toBeLessThan(11_000);
    expect(router.sightings.answeredBy('Loader')).toEqual(['backup']);
    expect(router.offline()).toEqual(['main']);
  });
});
