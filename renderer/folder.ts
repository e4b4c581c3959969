import { addStale, afterRefresh, delayOf, EMPTY_FOLD } from './fold.ts';
import type { Fold, Topic } from './fold.ts';

/** Collects what is stale and refreshes it in folded rounds, one at a time. */
export interface Folder {
  mark(topics: readonly Topic[]): void;
  stop(): void;
}

/** `refresh` must not throw; the screens show their own errors. */
export function createFolder(refresh: (topics: ReadonlySet<Topic>) => Promise<void>): Folder {
  let fold: Fold = EMPTY_FOLD;
  let timer: number | undefined;
  let refreshing = false;

  const plan = (): void => {
    const delay = delayOf(fold, Date.now());
    if (refreshing || timer !== undefined || delay === null) return;
    timer = window.setTimeout(() => void round(), delay);
  };
  const round = async (): Promise<void> => {
    timer = undefined;
    refreshing = true;
    const { stale } = fold;
    const startedMs = Date.now();
    fold = { ...fold, stale: new Set() };
    await refresh(stale);
    refreshing = false;
    fold = afterRefresh(fold, { startedMs, endedMs: Date.now() });
    plan();
  };
  return {
    mark(topics) {
      fold = addStale(fold, topics);
      plan();
    },
    stop() {
      window.clearTimeout(timer);
      fold = EMPTY_FOLD;
    },
  };
}
