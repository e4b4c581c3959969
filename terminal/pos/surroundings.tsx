import type { ReactNode } from 'react';
import { createContext, use, useEffect, useState } from 'react';
import type { Clock, Timers } from '../platform.ts';

/** What the screens need of the outside world. */
export interface Surroundings {
  clock: Clock;
  timers: Timers;
}

/** How often shown ages move on. */
const TICK_MS = 20_000;

const SurroundingsContext = createContext<Surroundings | null>(null);

export function SurroundingsProvider(props: { value: Surroundings; children: ReactNode }) {
  return <SurroundingsContext value={props.value}>{props.children}</SurroundingsContext>;
}

export function useSurroundings(): Surroundings {
  const surroundings = use(SurroundingsContext);
  if (surroundings === null) throw new Error('a screen stands outside its surroundings');
  return surroundings;
}

/** The present time, epoch ms, moving several times a minute. */
export function useNow(): number {
  const { clock, timers } = useSurroundings();
  const [nowMs, setNowMs] = useState(() => clock.nowMs());
  useEffect(() => {
    const ended = new AbortController();
    const run = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        setNowMs(clock.nowMs());
        await timers.pause(TICK_MS, ended.signal);
      }
    };
    void run();
    return () => ended.abort();
  }, [clock, timers]);
  return nowMs;
}
