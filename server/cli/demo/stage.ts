import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import type { Clock, Timers } from '../../../terminal/platform.ts';
import { UsageFault } from '../fault.ts';
import { createFamily } from './family.ts';
import type { Family } from './family.ts';

/** Where a run of real processes takes place. */
export interface Stage {
  /** A temporary folder for the servers' data, the tills' journals and what the processes print. */
  folder: string;
  family: Family;
  clock: Clock;
  timers: Timers;
  /** Whether the folder stays when the run is over. */
  keep: boolean;
}

/** The run was ended by a signal (Ctrl-C); all its processes have ended. */
export class Interrupted extends Error {}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Plays a run on a new stage and clears it afterwards, whatever happens: no process stays behind, and
 * the folder only where it was asked for or where it tells why the run failed. Throws what the run
 * throws, what happened when one of its processes ended by itself, and {@link Interrupted}.
 */
export async function onStage<Result>(
  options: { name: string; keep: boolean },
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const { clock, timers } = nodePlatform(() => undefined);
  const folder = await mkdtemp(join(tmpdir(), `backroom-${options.name}-`));
  const family = createFamily(folder, timers);
  const interruption = Promise.withResolvers<never>();
  const interrupt = (): void => interruption.reject(new Interrupted());
  for (const signal of SIGNALS) process.on(signal, interrupt);

  const stage = { folder, family, clock, timers, keep: options.keep };
  try {
    return await Promise.race([play(stage), family.broken, interruption.promise]);
  } catch (error) {
    // What a person did is explained by the error alone; for the rest the logs are needed.
    stage.keep ||= !(error instanceof Interrupted || error instanceof UsageFault);
    throw error;
  } finally {
    await family.endAll();
    for (const signal of SIGNALS) process.off(signal, interrupt);
    if (stage.keep) process.stderr.write(`Data, journals and logs are in ${folder}\n`);
    // What was interrupted may still be writing for a moment.
    else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a command that ends with the exit code of an interrupted program when a signal ends it. */
export async function endsInterrupted(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    // The interrupted run may still wait for something that will never come.
    process.exit(INTERRUPTED);
  }
}

const INTERRUPTED = 130;
