import type { Platform } from './platform.ts';

/**
 * Runs something again and again with a pause between the end of one run and the start of the next.
 * `run` must not throw for what can happen. Returns the way to stop, which resolves when no run is
 * under way any more.
 */
export function repeat(
  { timers }: Pick<Platform, 'timers'>,
  pauseMs: number,
  run: () => Promise<void>,
): () => Promise<void> {
  const stop = new AbortController();
  const running = (async (): Promise<void> => {
    await timers.pause(pauseMs, stop.signal);
    while (!stop.signal.aborted) {
      await run();
      await timers.pause(pauseMs, stop.signal);
    }
  })();
  return () => {
    stop.abort();
    return running;
  };
}
