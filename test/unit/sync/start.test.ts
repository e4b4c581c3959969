import { afterEach, describe, expect, it } from 'vitest';
import type {
  Definitions,
  MobileServer,
  MobileService,
} from '../../../server/contract/definitions.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { BackroomEvent } from '../../../server/contract/manage.ts';
import type { OpenRoute } from '../../../server/core/stale-routes.ts';
import { StorageError } from '../../../server/storage/port.ts';
import type { AuditLine, ClaimQuery, Revision, Storage } from '../../../server/storage/port.ts';
import { HEARTBEAT_MS } from '../../../server/core/heartbeat-interval.ts';
import { startSync } from '../../../server/sync/start.ts';
import type { Sync } from '../../../server/sync/start.ts';
import { changeableDefinitions, definitionsOf } from '../../support/definitions.ts';
import { FakeCatalogue, modelOf } from './fake-catalogue.ts';
import { FakeMain, mainServer } from './fake-main.ts';
import { FakeOutbox } from './fake-outbox.ts';
import { manualSystem } from './manual-system.ts';
import type { ManualSystem } from './manual-system.ts';

const first: MobileServer = mainServer;
const second: MobileServer = { ...mainServer, id: 'N', key: 'Second', name: 'Cloud', priority: 2 };
const store: MobileServer = { ...mainServer, id: 'S', key: 'Store', type: 'STORE' };

const failover: MobileService = {
  name: 'Tickets',
  module: 'test',
  routingType: 'Failover',
  timeoutMs: 1,
};

interface Rig {
  sync: Sync;
  system: ManualSystem;
  outbox: FakeOutbox;
  /** The clients that were made, by key, newest last. */
  clients: Map<string, FakeMain[]>;
  newest: (key: string) => FakeMain;
  define: (...servers: MobileServer[]) => void;
  emit: (kind: BackroomEvent['kind']) => void;
  /** Announced states of servers. */
  announced: JsonObject[];
  audited: AuditLine[];
  /** How the destinations of what waits were revised. */
  revisions: Revision[];
  groupClaims: NonNullable<ClaimQuery['group']>[];
}

const open: [Sync, ManualSystem][] = [];
afterEach(async () => {
  for (const [sync, system] of open.splice(0)) {
    const stopped = sync.stop();
    await system.advance(10_000);
    await stopped;
  }
});

async function rig(
  servers: MobileServer[],
  parts: {
    role?: 'store' | 'main';
    joined?: string;
    brokenDisk?: () => boolean;
    routes?: () => OpenRoute[];
    /** Whether messages go to a group of all mains. */
    groups?: boolean;
  } = {},
): Promise<Rig> {
  const system = manualSystem(5);
  const definitions = changeableDefinitions(definitionsOf({ servers }));
  const outbox = new FakeOutbox();
  const catalogue = new FakeCatalogue();
  const clients = new Map<string, FakeMain[]>();
  const facts = new Map<string, JsonObject>();
  if (parts.joined !== undefined) facts.set('joined', { serverKey: parts.joined });
  const announced: JsonObject[] = [];
  const audited: AuditLine[] = [];
  const revisions: Revision[] = [];
  const groupClaims: NonNullable<ClaimQuery['group']>[] = [];
  let tell: ((events: readonly BackroomEvent[]) => void) | undefined;
  const emit = (kind: BackroomEvent['kind']): void => tell?.([{ seq: 1, at: '', kind, data: {} }]);
  const storage = {
    claim: (query: ClaimQuery) => {
      if (query.group !== undefined) groupClaims.push(query.group);
      const isWanted =
        parts.groups === true ? query.group?.leads === true : query.destination === first.key;
      return isWanted ? outbox.claim(query) : Promise.resolve([]);
    },
    settle: outbox.settle.bind(outbox),
    nextDueMs: outbox.nextDueMs.bind(outbox),
    announce: ({ kind, data }: Pick<BackroomEvent, 'kind' | 'data'>) => {
      if (kind === 'serverState') announced.push(data as JsonObject);
      return Promise.resolve();
    },
    audit: (line: AuditLine) => {
      audited.push(line);
      return Promise.resolve();
    },
    setFact: (name: string, value: JsonObject) => {
      facts.set(name, value);
      return parts.brokenDisk?.() === true
        ? Promise.reject(new StorageError('full', 'the disk is full'))
        : Promise.resolve();
    },
    openRoutes: () => Promise.resolve(parts.routes?.() ?? []),
    reviseDestinations: (revision: Revision) => {
      revisions.push(revision);
      return Promise.resolve({ added: 1, withdrawn: 0, confirmed: 0 });
    },
    putRows: catalogue.putRows.bind(catalogue),
    replicationProgress: catalogue.replicationProgress.bind(catalogue),
    definitions: (): Promise<Definitions> => Promise.resolve(definitions.current()),
    fact: (name: string) => Promise.resolve(facts.get(name)),
    onEvents: (listener: typeof tell) => {
      tell = listener;
      return () => {
        tell = undefined;
      };
    },
  };
  const sync = startSync({
    system,
    storage: storage as unknown as Storage,
    definitions,
    self: { key: 'Store', role: parts.role ?? 'store', version: '1' },
    models: [modelOf('Product')],
    services: parts.groups === true ? [failover] : [],
    isTransaction: () => true,
    replicates: (parts.role ?? 'store') === 'store',
    connect: (server) => {
      const client = new FakeMain();
      client.serverKey = server.key;
      client.answer = (service) => pageOf(`${server.key} answers ${service}`);
      clients.set(server.key, [...(clients.get(server.key) ?? []), client]);
      return client;
    },
  });
  open.push([sync, system]);
  await system.settle();
  return {
    sync,
    system,
    outbox,
    clients,
    newest: (key) => clients.get(key)!.at(-1)!,
    define: (...next) => {
      definitions.replace({ servers: next });
      emit('definitions');
    },
    emit,
    announced,
    audited,
    revisions,
    groupClaims,
  };
}

function pageOf(note: string): { kind: 'answer'; status: number; body: JsonObject } {
  return { kind: 'answer', status: 200, body: { response: { status: 0, data: [], note } } };
}

describe('sync', () => {
  it('watches the other active mains, in the order of their priority', async () => {
    const inactive = { ...second, key: 'Old', active: false };
    const { sync, clients } = await rig([second, store, inactive, first]);
    expect([...clients.keys()].toSorted()).toEqual(['Main', 'Second']);
    expect(sync.mains()).toMatchObject([
      { key: 'Main', name: 'Head office', state: 'online', backroom: true },
      { key: 'Second', name: 'Cloud', state: 'online' },
    ]);
    expect(sync.replication()).toMatchObject({ lastSuccessAt: '2026-11-23T12:00:00.000Z' });
  });

  it('does nothing at a main that is alone', async () => {
    const { sync, clients } = await rig([{ ...first, key: 'Store' }], { role: 'main' });
    expect(clients.size).toBe(0);
    expect(sync.mains()).toEqual([]);
    expect(sync.replication()).toBeNull();
    expect(await sync.relay('x', {})).toBeNull();
  });

  it('sends when a message was accepted, when somebody asks, and when a lane is retried', async () => {
    const { sync, system, outbox, newest, emit } = await rig([first]);
    outbox.add('T1', 'A1');
    sync.wake();
    await system.settle();
    outbox.add('T1', 'A2');
    emit('entry');
    await system.settle();
    outbox.add('T1', 'A3');
    emit('lane');
    await system.settle();
    expect(newest('Main').applied).toEqual(['A1', 'A2', 'A3']);
  });

  it('follows the definitions', async () => {
    const { sync, system, clients, define } = await rig([first]);
    define(first, second);
    await system.settle();
    expect(sync.mains().map(({ key }) => key)).toEqual(['Main', 'Second']);
    define({ ...second, name: 'Renamed' });
    await system.settle();
    expect(sync.mains()).toMatchObject([{ key: 'Second', name: 'Renamed', state: 'online' }]);
    expect(clients.get('Second')).toHaveLength(1);
    define({ ...second, url: 'http://127.0.0.1:2/openbravo' });
    await system.settle();
    expect(clients.get('Second')).toHaveLength(2);
    expect(sync.mains()).toMatchObject([{ key: 'Second', url: 'http://127.0.0.1:2/openbravo' }]);
  });

  it('relays a query to the first main that is online, offers the service and answers', async () => {
    const listed = { ...first, allServices: false, services: ['loyalty.'] };
    const { sync, system, newest } = await rig([listed, second]);
    const noteOf = async (service: string): Promise<unknown> =>
      ((await sync.relay(service, {}))?.['response'] as JsonObject | undefined)?.['note'];
    expect(await noteOf('loyalty.Points')).toBe('Main answers loyalty.Points');
    expect(await noteOf('stock.Levels')).toBe('Second answers stock.Levels');
    newest('Main').up = false;
    expect(await noteOf('loyalty.Points')).toBe('Second answers loyalty.Points');
    newest('Second').up = false;
    await system.advance(31_000);
    expect(await noteOf('loyalty.Points')).toBeUndefined();
  });

  it('takes along what waits when the definitions change, and looks once more', async () => {
    let waiting: OpenRoute[] = [];
    const { define, system, revisions } = await rig([first], { routes: () => waiting });
    await system.advance(11_000);
    expect(revisions).toEqual([]);
    const addressed = { service: 'Tickets', organization: 'Shop', sender: null };
    const atMain = { destination: 'Main', live: 2, waiting: 2 };
    waiting = [{ ...addressed, entries: 2, destinations: [atMain] }];
    define(first, second);
    await system.settle();
    const routes = [{ ...addressed, destinations: ['Main', 'Second'] }];
    expect(revisions).toEqual([{ actor: 'definitions', routes }]);
    // A message of the definitions before comes to the disk only now.
    waiting = [{ ...addressed, entries: 1, destinations: [{ ...atMain, live: 1 }] }];
    await system.advance(10_000);
    expect(revisions).toHaveLength(2);
  });

  it('gives a group back to its first member when the next has passed everything on', async () => {
    const { outbox, system, newest, sync, groupClaims } = await rig([first, second], {
      groups: true,
    });
    const leader = (): string | undefined => groupClaims.findLast(({ leads }) => leads)?.member;
    await system.advance(HEARTBEAT_MS);
    expect(leader()).toBe('Main');
    newest('Main').up = false;
    await system.advance(HEARTBEAT_MS);
    outbox.add('T1', 'A1');
    sync.wake();
    await system.settle();
    expect(newest('Second').applied).toEqual(['A1']);
    // The first is back, but the next still has to pass A1 on: what is newer would overtake it.
    newest('Second').passingOn = { Main: 1 };
    newest('Main').up = true;
    await system.advance(2 * HEARTBEAT_MS);
    expect(sync.mains()[0]).toMatchObject({ key: 'Main', state: 'online' });
    expect(leader()).toBe('Second');
    newest('Second').passingOn = {};
    await system.advance(HEARTBEAT_MS);
    expect(leader()).toBe('Main');
  });

  it('tells every main at once of its own state, and looks for them when it is wished online', async () => {
    const { sync, system, newest, announced, audited } = await rig([first, second]);
    await system.advance(2_000);
    expect(sync.own()).toMatchObject({ state: 'online', reason: 'Head office answers' });
    expect(newest('Second').heard).toMatchObject({ serverState: 'online' });
    await sync.force({ to: 'offline', reason: 'new cabling' }, 'user:boss');
    await system.settle();
    for (const key of ['Main', 'Second']) {
      expect(newest(key).heard).toMatchObject({ serverState: 'offline', reason: 'new cabling' });
    }
    expect(audited).toHaveLength(1);
    newest('Main').up = false;
    newest('Second').up = false;
    await system.advance(10 * HEARTBEAT_MS);
    const probes = newest('Main').probes;
    await sync.force({ to: 'online', reason: 'done' }, 'user:boss');
    await system.settle();
    expect(newest('Main').probes).toBeGreaterThan(probes);
    const own = announced.filter(({ serverKey }) => serverKey === 'Store');
    expect(own.map(({ state }) => state)).toEqual([
      'transitioning to online',
      'online',
      'offline',
      'transitioning to online',
    ]);
  });

  it('a main is online by its own health', async () => {
    let isFull = false;
    const parts = { role: 'main' as const, brokenDisk: () => isFull };
    const { sync, system } = await rig([{ ...first, key: 'Store' }], parts);
    await system.advance(90_000);
    expect(sync.own()).toMatchObject({ state: 'online', reason: 'its database takes writes' });
    isFull = true;
    await system.advance(60_000);
    expect(sync.own().state).toBe('transitioning to offline');
    await system.advance(5 * 60_000);
    expect(sync.own()).toMatchObject({
      state: 'offline',
      reason: 'its database takes no writes: the disk is full',
    });
    isFull = false;
    await system.advance(10_000);
    expect(sync.own().state).toBe('online');
  });

  it('replicates from the main that it joined', async () => {
    const asked: string[] = [];
    const { newest, system } = await rig([first, second], { joined: 'Second' });
    for (const key of ['Main', 'Second']) {
      newest(key).answer = () => {
        asked.push(key);
        return pageOf('');
      };
    }
    await system.advance(61_000);
    expect(asked).toEqual(['Second']);
  });

  it('begins a round when its main has new definitions', async () => {
    const { newest, system } = await rig([first]);
    let rounds = 0;
    newest('Main').answer = () => {
      rounds += 1;
      return pageOf('');
    };
    // Its first words on the definitions cause one.
    await system.advance(29_000);
    const before = rounds;
    newest('Main').definitionsVersion = 2;
    await system.advance(HEARTBEAT_MS);
    expect(rounds).toBe(before + 1);
  });

  it('stops although a main is silent, and puts back what is under way', async () => {
    const { sync, system, outbox, newest } = await rig([first, second]);
    newest('Main').silent = true;
    outbox.add('T1', 'A1');
    sync.wake();
    await system.settle();
    expect(outbox.states()).toEqual({ A1: 'claimed' });
    const stopped = sync.stop();
    await system.advance(2_500);
    await stopped;
    expect(outbox.states()).toEqual({ A1: 'waiting' });
    const { calls } = newest('Main');
    sync.wake();
    await system.advance(60_000);
    expect(calls).toHaveLength(1);
  });
});
