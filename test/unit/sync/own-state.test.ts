import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { Contact } from '../../../server/core/own-state.ts';
import { contactWithMains, ownHealth } from '../../../server/sync/contact.ts';
import { OwnStateKeeper } from '../../../server/sync/own-state.ts';
import type { AuditLine } from '../../../server/storage/port.ts';
import { StorageError } from '../../../server/storage/port.ts';
import { manualSystem } from './manual-system.ts';
import type { ManualSystem } from './manual-system.ts';

const MINUTE = 60_000;

interface Rig {
  system: ManualSystem;
  keeper: OwnStateKeeper;
  facts: Map<string, JsonObject>;
  announced: JsonObject[];
  audited: AuditLine[];
  contact: { there: boolean };
  isFull: boolean;
}

const open: OwnStateKeeper[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((keeper) => keeper.stop()));
});

function rig(facts = new Map<string, JsonObject>()): Rig {
  const system = manualSystem(3);
  const parts = {
    system,
    facts,
    announced: [] as JsonObject[],
    audited: [] as AuditLine[],
    contact: { there: true },
    isFull: false,
  };
  const keeper = new OwnStateKeeper({
    system,
    storage: {
      announce: ({ data }) => Promise.resolve(void parts.announced.push(data as JsonObject)),
      audit: (line) => Promise.resolve(void parts.audited.push(line)),
      fact: (name) => Promise.resolve(facts.get(name)),
      setFact: (name, value) =>
        parts.isFull
          ? Promise.reject(new StorageError('full', 'the disk is full'))
          : Promise.resolve(void facts.set(name, value)),
    },
    self: { key: 'Store' },
    contact: (): Contact => {
      const { there } = parts.contact;
      return { there, word: there, reason: there ? 'Main answers' : 'no connection' };
    },
    timings: () => ({ toOfflineWaitMs: 5 * MINUTE, failedWaitMs: 60 * MINUTE }),
    onChange: () => undefined,
  });
  open.push(keeper);
  return Object.assign(parts, { keeper });
}

const statesOf = ({ announced }: Rig): unknown[] => announced.map(({ state }) => state);

describe('the keeper of the own state', () => {
  it('is online a moment after the start, and tells of each change with reason and since', async () => {
    const parts = rig();
    parts.keeper.start();
    await parts.system.advance(2_000);
    expect(statesOf(parts)).toEqual(['transitioning to online', 'online']);
    expect(parts.announced[1]).toEqual({
      serverKey: 'Store',
      state: 'online',
      since: '2026-11-23T12:00:01.500Z',
      reason: 'Main answers',
    });
  });

  it('sees an outage of the main through to its end', async () => {
    const parts = rig();
    parts.keeper.start();
    await parts.system.advance(2 * MINUTE);
    parts.contact.there = false;
    await parts.system.advance(7 * MINUTE);
    expect(parts.keeper.status()).toMatchObject({ state: 'offline', reason: 'no connection' });
    parts.contact.there = true;
    await parts.system.advance(10_000);
    expect(statesOf(parts).slice(2)).toEqual([
      'transitioning to offline',
      'offline',
      'transitioning to online',
      'online',
    ]);
  });

  it('keeps the wish of a manager, writes it to the audit first, and through a restart', async () => {
    const parts = rig();
    parts.keeper.start();
    await parts.system.advance(2_000);
    const wish = { to: 'offline', reason: 'new cabling' } as const;
    await parts.keeper.force(wish, 'user:boss');
    expect(parts.keeper.status()).toMatchObject({ state: 'offline', forced: true });
    expect(parts.audited).toEqual([
      { actor: 'user:boss', action: 'forceState', subject: 'Store', detail: wish },
    ]);
    const later = rig(parts.facts);
    later.keeper.start();
    await later.system.advance(MINUTE);
    expect(later.keeper.status()).toMatchObject({ state: 'offline', reason: 'new cabling' });
    await later.keeper.force({ to: 'online', reason: 'done' }, 'user:boss');
    await later.system.advance(1_000);
    expect(later.keeper.status()).toMatchObject({ state: 'online', forced: false });
  });

  it('changes nothing when the wish cannot be kept', async () => {
    const parts = rig();
    parts.keeper.start();
    await parts.system.advance(2_000);
    parts.isFull = true;
    const wish = { to: 'offline', reason: 'new cabling' } as const;
    await expect(parts.keeper.force(wish, 'user:boss')).rejects.toThrow('the disk is full');
    expect(parts.keeper.status().state).toBe('online');
    expect(parts.audited).toEqual([]);
  });
});

describe('what a server depends on', () => {
  const main = {
    key: 'Main',
    name: 'Head office',
    url: '',
    since: '',
    lastContactAt: null,
    backroom: true,
    lastError: null,
  };

  it('at a store is any main; one in doubt still counts, one that begins does not', () => {
    expect(contactWithMains([])).toMatchObject({
      there: false,
      reason: 'no main server is defined',
    });
    const off = { ...main, state: 'offline' as const, lastError: 'no connection' };
    expect(contactWithMains([off])).toMatchObject({
      there: false,
      reason: 'no main server can be reached (Head office: no connection)',
    });
    const there = { there: true, word: true, reason: 'Cloud answers' };
    const cloud = { ...main, name: 'Cloud', state: 'online' as const };
    expect(contactWithMains([off, cloud])).toEqual(there);
    const doubted = { ...cloud, state: 'transitioning to offline' as const };
    expect(contactWithMains([doubted])).toEqual({ ...there, word: false });
    const beginning = { ...cloud, state: 'transitioning to online' as const };
    expect(contactWithMains([beginning]).there).toBe(false);
  });

  it('at a main is a database that takes writes, proven now and then', async () => {
    const system = manualSystem();
    let writes = 0;
    let isFull = false;
    const health = ownHealth(
      {
        setFact: () => {
          writes += 1;
          return isFull
            ? Promise.reject(new StorageError('full', 'the disk is full'))
            : Promise.resolve();
        },
      },
      system.clock,
    );
    expect(await health()).toMatchObject({ there: true, word: true });
    await health();
    expect(writes).toBe(1);
    isFull = true;
    await system.advance(30_000);
    expect(await health()).toEqual({
      there: false,
      word: false,
      reason: 'its database takes no writes: the disk is full',
    });
    isFull = false;
    await system.advance(5_000);
    expect((await health()).there).toBe(true);
  });
});
