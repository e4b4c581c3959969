import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../../renderer/features/overview/headline.ts';
import type { MainStatus, Overview } from '../../../server/contract/manage.ts';

function main(key: string, state: MainStatus['state'], since = '10:00', waiting = 0): MainStatus {
  return {
    key,
    name: `Name of ${key}`,
    url: 'http://main/openbravo',
    state,
    since,
    lastContactAt: null,
    backroom: true,
    lastError: null,
    waiting,
  };
}

function overview(
  parts: Partial<Overview> & { role?: 'store' | 'main'; waiting?: number },
): Overview {
  return {
    seq: 1,
    now: '2026-03-10T10:05:00.000Z',
    server: { key: 'S', role: parts.role ?? 'store', version: '1', state: 'online', startedAt: '' },
    mains: [main('A', 'online')],
    tills: [],
    today: { day: '2026-03-10', tickets: 0, grossMinor: 0, currency: 'EUR', precision: 2 },
    queue: { waiting: parts.waiting ?? 0, parked: 0, oldestUnconfirmedAt: null },
    replication: { lastSuccessAt: '2026-03-10T10:04:00.000Z', lastError: null, loading: null },
    ...parts,
  };
}

describe('at a store server', () => {
  it('says that all is well, or on its way', () => {
    expect(headlineOf(overview({}))).toEqual({ kind: 'allSafe' });
    expect(headlineOf(overview({ waiting: 5 }))).toEqual({ kind: 'sending', count: 5 });
  });

  it('says since when no main can be reached: since the last of them went', () => {
    const mains = [main('A', 'offline', '10:42'), main('B', 'offline', '09:00')];
    expect(headlineOf(overview({ mains, waiting: 37 }))).toEqual({
      kind: 'offline',
      count: 37,
      since: '10:42',
    });
  });

  it('names the mains that are missing while others answer', () => {
    const mains = [main('A', 'online'), main('B', 'offline', '09:00', 4)];
    expect(headlineOf(overview({ mains, waiting: 4 }))).toEqual({
      kind: 'partly',
      count: 4,
      since: '09:00',
      names: ['Name of B'],
    });
  });

  it('tells the states in between', () => {
    const going = [main('A', 'transitioning to offline')];
    expect(headlineOf(overview({ mains: going, waiting: 2 })).kind).toBe('toOffline');
    const coming = [main('A', 'transitioning to online')];
    expect(headlineOf(overview({ mains: coming, waiting: 2 })).kind).toBe('toOnline');
  });

  it('tells a first load, but not a later one', () => {
    const loading = { model: 'Product', rows: 1_200 };
    const first = { lastSuccessAt: null, lastError: null, loading };
    expect(headlineOf(overview({ replication: first }))).toEqual({ kind: 'loading', ...loading });
    const later = { lastSuccessAt: '2026-03-10T10:04:00.000Z', lastError: null, loading };
    expect(headlineOf(overview({ replication: later })).kind).toBe('allSafe');
  });

  it('tells that nobody is there to send to', () => {
    expect(headlineOf(overview({ mains: [] })).kind).toBe('noMain');
  });
});

it('at a main tells whether everything is booked', () => {
  const own = { role: 'main' as const, mains: [], replication: null };
  expect(headlineOf(overview({ ...own }))).toEqual({ kind: 'allApplied' });
  expect(headlineOf(overview({ ...own, waiting: 3 }))).toEqual({ kind: 'waiting', count: 3 });
});
