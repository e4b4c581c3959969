import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One command of a longer run, with the name a person sees. */
export interface Step {
  name: string;
  command: string;
  args: string[];
}

/** Runs the steps in order, with what they print, and ends the process with the first failure. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await runStep(step, false);
}

/**
 * Runs several lines of steps beside each other. What a step prints is held back and shown when it
 * ends, so that two never mix; the first failure ends the process.
 */
export async function runBeside(...lines: readonly (readonly Step[])[]): Promise<void> {
  await Promise.all(
    lines.map(async (steps) => {
      for (const step of steps) await runStep(step, true);
    }),
  );
}

/** Each step's wall time is printed, because a check that grows slow is a check nobody runs. */
async function runStep({ name, command, args }: Step, holdBack: boolean): Promise<void> {
  const startedMs = performance.now();
  if (!holdBack) console.log(`\n── ${name}`);
  const child = spawn(command, args, {
    stdio: holdBack ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  let output = '';
  const keep = (text: Buffer): void => {
    output += text.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const [status] = (await once(child, 'close')) as [number | null];
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (holdBack) console.log(`\n── ${name}\n${output.trimEnd()}`);
  if (status !== 0) {
    console.error(`\n✗ ${name} failed after ${seconds} s`);
    process.exit(status ?? 1);
  }
  console.log(`✓ ${name} (${seconds} s)`);
}
