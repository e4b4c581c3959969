import type { MobileServer } from '../../contract/definitions.ts';

/**
 * The keys of the mains that come to hold what these mains get: themselves, and those whose databases
 * are kept alike with theirs (`replicatesWith`, read both ways, over any number of steps).
 */
export function heldBy(
  mains: readonly MobileServer[],
  servers: readonly MobileServer[],
): ReadonlySet<string> {
  const held = new Set<string>();
  const waiting = mains.map((main) => main.key);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (held.has(key)) continue;
    held.add(key);
    waiting.push(...twinsOf(key, servers));
  }
  return held;
}

function twinsOf(key: string, servers: readonly MobileServer[]): string[] {
  const active = servers.filter((server) => server.active && server.type === 'MAIN');
  const own = active.find((server) => server.key === key)?.replicatesWith ?? [];
  const named = active.filter((server) => server.replicatesWith?.includes(key) === true);
  const keys = new Set(active.map((server) => server.key));
  return [...own.filter((twin) => keys.has(twin)), ...named.map((server) => server.key)];
}
