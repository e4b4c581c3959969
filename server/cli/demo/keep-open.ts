import type { House } from './house.ts';
import type { Progress } from './progress.ts';
import type { DemoTill } from './tills.ts';

/** A till starts a sale so seldom once the demonstration is over. */
const SLOW_PACE_MS = 6_000;
const CTRL_C = '\u0003';

/**
 * Keeps the shop open: the tills go on selling slowly, and on a terminal the keys `c` and `r` cut and
 * restore the line. Ends only by a signal.
 */
export function keepOpen(parts: {
  house: House;
  tills: readonly DemoTill[];
  progress: Progress;
  keyboard: NodeJS.ReadStream;
}): Promise<never> {
  const { house, tills, progress, keyboard } = parts;
  if (keyboard.isTTY) {
    progress.say('The tills go on selling. Keys: c cuts the line, r restores it, Ctrl-C ends.');
    listenToKeys(keyboard, {
      c: () => house.cutLine().then(() => progress.say('The line is cut.')),
      r: () => house.restoreLine().then(() => progress.say('The line is back.')),
    });
  } else {
    progress.say('The tills go on selling. Ctrl-C ends.');
  }
  for (const till of tills) till.keepSelling(SLOW_PACE_MS);
  return new Promise<never>(() => undefined);
}

function listenToKeys(
  keyboard: NodeJS.ReadStream,
  actions: Record<string, () => Promise<void>>,
): void {
  keyboard.setRawMode(true);
  keyboard.setEncoding('utf8');
  keyboard.on('data', (key: string) => {
    // In raw mode the terminal makes no signal of Ctrl-C any more.
    if (key === CTRL_C) process.kill(process.pid, 'SIGINT');
    else void actions[key]?.();
  });
}
