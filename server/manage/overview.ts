import type { Definitions } from '../contract/definitions.ts';
import type { Overview, TillStatus } from '../contract/manage.ts';
import type { StoredOverview } from '../storage/port.ts';
import type { ManageParts } from './parts.ts';

/** What money is shown in while no till is defined yet. */
const FALLBACK_CURRENCY = { isoCode: 'EUR', precision: 2 };

/** The overview: what storage counts, joined with what the loops and the definitions know. */
export async function composeOverview(parts: ManageParts): Promise<Overview> {
  const nowMs = parts.system.clock.nowMs();
  const day = localDay(nowMs);
  const stored = await parts.storage.overview({ dayStartMs: day.startMs, dayEndMs: day.endMs });
  const definitions = parts.definitions.current();
  const currency = currencyOf(definitions);
  const { key, role, version, startedAt } = parts.self;
  const { state, sinceMs, reason } = parts.states.own();
  const since = new Date(sinceMs).toISOString();
  return {
    seq: stored.seq,
    now: new Date(nowMs).toISOString(),
    server: { key, role, version, state, since, reason, startedAt },
    mains: parts.sync
      .mains()
      .map((main) => ({ ...main, waiting: stored.waitingByDestination[main.key] ?? 0 })),
    tills: tillsOf(definitions, stored.tills),
    today: {
      day: day.name,
      ...stored.today,
      currency: currency.isoCode,
      precision: currency.precision,
    },
    queue: stored.queue,
    replication: parts.sync.replication(),
  };
}

/** The server's own day around a moment. Its length differs from 24 h where the clocks change. */
export function localDay(nowMs: number): { name: string; startMs: number; endMs: number } {
  const now = new Date(nowMs);
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const pad = (value: number): string => String(value).padStart(2, '0');
  return {
    name: `${year}-${pad(month + 1)}-${pad(date)}`,
    startMs: new Date(year, month, date).getTime(),
    endMs: new Date(year, month, date + 1).getTime(),
  };
}

/** Every defined till, and those that have been seen though nobody defined them (any more). */
function tillsOf(definitions: Definitions, seen: StoredOverview['tills']): TillStatus[] {
  const byId = new Map(seen.map((till) => [till.terminal, till]));
  const defined = definitions.terminals
    .filter((terminal) => terminal.active || byId.has(terminal.id))
    .map(({ id, searchKey, name }) => ({ id, searchKey, name }));
  const known = new Set(defined.map((till) => till.id));
  const others = seen
    .filter((till) => !known.has(till.terminal))
    .map(({ terminal }) => ({ id: terminal, searchKey: terminal, name: terminal }));
  return [...defined, ...others]
    .map((till) => {
      const status = byId.get(till.id);
      const lastSeenMs = status?.lastSeenMs ?? null;
      return {
        ...till,
        lastSeenAt: lastSeenMs === null ? null : new Date(lastSeenMs).toISOString(),
        unsent: status?.unsent ?? null,
        waiting: status?.waiting ?? 0,
        parked: status?.parked ?? 0,
      };
    })
    .sort((a, b) => a.searchKey.localeCompare(b.searchKey, 'en', { numeric: true }));
}

function currencyOf(definitions: Definitions): { isoCode: string; precision: number } {
  const terminal = definitions.terminals.find((row) => row.active) ?? definitions.terminals[0];
  return terminal?.currency ?? FALLBACK_CURRENCY;
}
