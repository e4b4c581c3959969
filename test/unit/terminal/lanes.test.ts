import { describe, expect, it } from 'vitest';
import { MessageQueue } from '../../../terminal/queue.ts';
import type { HeartbeatAnswer } from '../../../server/contract/heartbeat.ts';
import { Presence } from '../../../terminal/presence.ts';
import type { RequestRouter } from '../../../terminal/request-router.ts';
import type { RouterServer, TransactionLane } from '../../../terminal/routing.ts';
import { MemoryLog } from './support/memory-log.ts';
import { fakePlatform } from './support/platform.ts';

const laneOf = (name: string): TransactionLane => {
  const server: RouterServer = {
    name,
    address: `http://${name}.test`,
    priority: 1,
    allServices: true,
    mainServer: true,
    currentServer: false,
    services: [],
  };
  return { name, servers: [server], routes: new Map([['s', [server]]]) };
};
const LANES = [laneOf('main/A'), laneOf('main/B')];

/** A queue with so many messages accepted on both lanes, and servers that say what a test tells them. */
async function scene(count: number) {
  const platform = fakePlatform();
  const queue = await MessageQueue.open(new MemoryLog(), platform);
  queue.setLanes(
    LANES.map(({ name }) => ({ name, services: new Set(['s']), mains: new Set([name]) })),
  );
  for (let number = 1; number <= count; number += 1) {
    const messageId = `m${number}`;
    const entry = {
      kind: 'sale',
      id: messageId,
      documentNo: null,
      grossMinor: 1,
      atMs: 0,
    } as const;
    await queue.add({ messageId, service: 's', head: {}, data: [], entry });
    for (const lane of LANES) {
      await queue.accepted(messageId, lane.name, lane.name, Promise.resolve());
    }
  }
  const says: Record<string, (ask: string[]) => Partial<HeartbeatAnswer>> = {};
  const asked: string[][] = [];
  const router = {
    session: { token: 't', userId: 'U', sinceMs: 0 },
    servers: [],
    inOrder: (servers: readonly RouterServer[]) => servers,
    heartbeat: (server: { name: string }, request: { ask: string[] }) => {
      asked.push(request.ask);
      const lists = { confirmed: [], parked: [], unknown: [], ...says[server.name]?.(request.ask) };
      return Promise.resolve({ kind: 'answer', status: 200, body: lists });
    },
  } as unknown as RequestRouter;
  const confirmed: string[] = [];
  const presence = new Presence({
    ...{ platform, router, queue, terminalId: 'T', appVersion: 'test' },
    onConfirmed: (id) => {
      confirmed.push(id);
      return queue.drop(id);
    },
    onMoved: () => undefined,
    onUnknown: () => undefined,
    onAnswer: () => undefined,
  });
  return { queue, presence, says, asked, confirmed };
}

describe('a till with two mains and no store server', () => {
  it('drops a message only when both have confirmed it', async () => {
    const { queue, presence, says, confirmed } = await scene(2);
    says['main/A'] = (ask) => ({ confirmed: ask });
    await presence.beat(LANES);
    expect([confirmed, queue.size]).toEqual([[], 2]);
    says['main/B'] = () => ({ confirmed: ['m1'], parked: [{ id: 'm2', reason: 'look' }] });
    await presence.beat(LANES);
    expect([confirmed, queue.size]).toEqual([['m1'], 1]);
    expect([...presence.parked]).toEqual([['m2', 'look']]);
  });

  it('offers again only where it is unknown', async () => {
    const { queue, presence, says } = await scene(1);
    says['main/A'] = (ask) => ({ unknown: ask });
    await presence.beat(LANES);
    expect(queue.head('main/A')?.messageId).toBe('m1');
    expect(queue.head('main/B')).toBeUndefined();
  });

  it('asks for no more than 500 at once, and goes on while something moves', async () => {
    const { queue, presence, says, asked } = await scene(1_200);
    says['main/A'] = (ask) => ({ confirmed: ask });
    says['main/B'] = (ask) => ({ confirmed: ask });
    await presence.beat(LANES);
    expect(queue.size).toBe(0);
    expect(asked.map((ask) => ask.length)).toEqual([500, 500, 200, 500, 500, 200]);
  });
});
