import { expect, it } from 'vitest';
import {
  HEARTBEAT_MS,
  SHORTEST_HEARTBEAT_MS,
  heartbeatIntervalMs,
} from '../../../server/core/heartbeat-interval.ts';
import { setting, storeServer, topology } from './topology/estates.ts';

const PING = 'OBMOBC_Ping_Periodicity';
const interval = (key: string, preferences: Parameters<typeof setting>[]): number =>
  heartbeatIntervalMs(
    topology({
      servers: [
        storeServer('Shop', 10),
        storeServer('Two', 20, { organizations: ['North', 'Bilbao'] }),
        storeServer('All', 30, { allOrganizations: true }),
      ],
      preferences: preferences.map(([name, value, holder]) => setting(name, value, holder)),
    }).definitions,
    key,
  );

it('is half a minute where nothing is set', () => {
  expect(['Shop', 'Two', 'All', 'nobody'].map((key) => interval(key, []))).toEqual(
    Array.from({ length: 4 }, () => HEARTBEAT_MS),
  );
});

it('is what is set for the organization of the server, else for the system', () => {
  const set: Parameters<typeof setting>[] = [
    [PING, '20000'],
    [PING, '10000', { organization: 'Bilbao' }],
    [PING, '15000', { organization: 'North' }],
  ];
  expect(interval('Shop', set)).toBe(10_000);
  expect(interval('Two', set)).toBe(10_000);
  expect(interval('All', set)).toBe(20_000);
  expect(interval('Shop', set.slice(0, 1))).toBe(20_000);
});

it.each([
  ['1000', SHORTEST_HEARTBEAT_MS],
  ['300000', HEARTBEAT_MS],
  ['soon', HEARTBEAT_MS],
])('is kept within its bounds, and set to %s is %s ms', (value, ms) => {
  expect(interval('Shop', [[PING, value]])).toBe(ms);
});
