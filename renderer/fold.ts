import type { BackroomEvent } from '../server/contract/manage.ts';

/** The parts of the screens that an event can make stale. */
export type Topic =
  'overview' | 'lanes' | 'entries' | 'entry' | 'states' | 'definitions' | 'uptake';
/** What a message that was accepted, or its way, changes. */
const OF_ENTRIES: readonly Topic[] = ['overview', 'lanes', 'entries', 'entry'];
export const TOPICS: readonly Topic[] = [...OF_ENTRIES, 'states', 'definitions', 'uptake'];

/** Refreshes are at least this far apart: a burst of events becomes one refresh. */
const SHORTEST_GAP_MS = 500;
/** On a slow server, refreshing never takes more than a fifth of the time. */
const REST_FACTOR = 4;
const LONGEST_GAP_MS = 10_000;

/** Which topics an event touches. */
export function topicsOf(kind: BackroomEvent['kind']): readonly Topic[] {
  switch (kind) {
    case 'entry':
      return OF_ENTRIES;
    case 'lane':
      return ['lanes', 'entry'];
    case 'definitions':
      return TOPICS;
    case 'serverState':
      return ['overview', 'states', 'uptake'];
    case 'till':
      return ['overview', 'uptake'];
    case 'replication':
      return ['overview'];
  }
}

/**
 * How an event follows the last one seen: the next in line, one already seen, or one after a gap,
 * so that the snapshot must be loaded again.
 */
export function placeOf(lastSeq: number, seq: number): 'next' | 'seen' | 'gap' {
  if (seq === lastSeq + 1) return 'next';
  return seq <= lastSeq ? 'seen' : 'gap';
}

/** Stale topics and when the next refresh may start. */
export interface Fold {
  stale: ReadonlySet<Topic>;
  notBeforeMs: number;
}
export const EMPTY_FOLD: Fold = { stale: new Set(), notBeforeMs: 0 };

/** Adds topics to what is stale. */
export function addStale(fold: Fold, topics: readonly Topic[]): Fold {
  return { ...fold, stale: new Set([...fold.stale, ...topics]) };
}

/** After a refresh: the next one is held back, longer where this one took long. */
export function afterRefresh(fold: Fold, refresh: { startedMs: number; endedMs: number }): Fold {
  const took = refresh.endedMs - refresh.startedMs;
  const gap = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, took * (1 + REST_FACTOR)));
  return { ...fold, notBeforeMs: refresh.startedMs + gap };
}

/** How long to wait before the next refresh; null when nothing is stale. */
export function delayOf(fold: Fold, nowMs: number): number | null {
  return fold.stale.size === 0 ? null : Math.max(0, fold.notBeforeMs - nowMs);
}
