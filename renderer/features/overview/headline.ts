import type { MainStatus, Overview } from '../../../server/contract/manage.ts';

/**
 * What the first sentence of the overview says. At a store server it answers "can I sell?":
 * `noMain` nobody to send to; `loading` the first load of master data runs; `allSafe` nothing waits;
 * `sending` something is on its way; `partly` some mains are unreachable; `offline` all are;
 * `toOnline` and `toOffline` in between. At a main: `allApplied`, or `waiting` for missing records.
 */
export type Headline =
  | { kind: 'noMain' | 'allSafe' | 'allApplied' }
  | { kind: 'loading'; model: string; rows: number }
  | { kind: 'sending' | 'toOnline' | 'toOffline' | 'waiting'; count: number }
  | { kind: 'offline'; count: number; since: string }
  | { kind: 'partly'; count: number; since: string; names: string[] };

/** Picks the sentence. Parked entries are a notice of their own and change nothing here. */
export function headlineOf(overview: Overview): Headline {
  const { server, mains, queue, replication } = overview;
  if (server.role === 'main' && mains.length === 0) {
    return queue.waiting === 0 ? { kind: 'allApplied' } : { kind: 'waiting', count: queue.waiting };
  }
  if (mains.length === 0) return { kind: 'noMain' };
  if (replication?.loading && replication.lastSuccessAt === null) {
    return { kind: 'loading', ...replication.loading };
  }
  const down = mains.filter((main) => main.state === 'offline');
  if (down.length === mains.length) {
    return { kind: 'offline', count: queue.waiting, since: latestOf(down) };
  }
  if (down.length > 0) {
    return {
      kind: 'partly',
      count: down.reduce((sum, main) => sum + main.waiting, 0),
      since: earliestOf(down),
      names: down.map((main) => main.name),
    };
  }
  if (mains.every((main) => main.state === 'transitioning to offline')) {
    return { kind: 'toOffline', count: queue.waiting };
  }
  if (mains.every((main) => main.state === 'transitioning to online')) {
    return { kind: 'toOnline', count: queue.waiting };
  }
  return queue.waiting === 0 ? { kind: 'allSafe' } : { kind: 'sending', count: queue.waiting };
}

/** Since when all of them are down: since the last one went. */
function latestOf(mains: readonly MainStatus[]): string {
  return mains.map((main) => main.since).reduce((a, b) => (a > b ? a : b));
}

function earliestOf(mains: readonly MainStatus[]): string {
  return mains.map((main) => main.since).reduce((a, b) => (a < b ? a : b));
}
