import { describe, expect, it } from 'vitest';
import type { PeerReport } from '../../../server/core/peers.ts';
import { peersOf, SILENCE_MS } from '../../../server/core/peers.ts';
import { mainServer } from '../sync/fake-main.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 12);
const store = { ...mainServer, id: 'S', key: 'Store', name: 'Corner', type: 'STORE' as const };
const servers = [mainServer, store, { ...store, id: 'X', key: 'Gone', active: false }];
const report: PeerReport = {
  key: 'Store',
  state: 'transitioning to offline',
  sinceMs: NOW_MS - 5_000,
  reason: 'no main server can be reached',
  definitionsVersion: 7,
  atMs: NOW_MS - 1_000,
};

const known = (reports: PeerReport[], nowMs = NOW_MS) =>
  peersOf(
    servers,
    'Main',
    { mains: [], reports: new Map(reports.map((one) => [one.key, one])) },
    nowMs,
  );

describe('the peers of a server', () => {
  it('are the other active servers, by what they said of themselves', () => {
    expect(known([report])).toEqual([
      {
        key: 'Store',
        name: 'Corner',
        type: 'STORE',
        state: 'transitioning to offline',
        since: '2026-11-24T11:59:55.000Z',
        lastContactAt: '2026-11-24T11:59:59.000Z',
        reason: 'no main server can be reached',
        definitionsVersion: 7,
      },
    ]);
  });

  it('are offline when they were silent for three heartbeats, or never spoke', () => {
    const late = report.atMs + SILENCE_MS;
    expect(known([report], late)[0]?.state).toBe('transitioning to offline');
    expect(known([report], late + 1)[0]).toMatchObject({
      state: 'offline',
      since: '2026-11-24T11:59:59.000Z',
      reason: 'its heartbeat is missing',
      definitionsVersion: 7,
    });
    expect(known([])[0]).toMatchObject({ state: 'offline', since: null, lastContactAt: null });
  });

  it('that are mains are as this server sees them', () => {
    const { key, name, url } = mainServer;
    const main = {
      key,
      name,
      url,
      state: 'offline' as const,
      since: '2026-11-24T11:00:00.000Z',
      lastContactAt: null,
      backroom: true,
      lastError: 'no connection',
    };
    const reports = new Map([[key, { ...report, key, state: 'online' as const }]]);
    const [peer] = peersOf(servers, 'Store', { mains: [main], reports }, NOW_MS);
    expect(peer).toMatchObject({ key, state: 'offline', reason: 'no connection' });
  });
});
