import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One command of a longer run, with the name a person sees. */
export interface Step {
  name: string;
  command: string;
  args: string[];
}

/**
 * Runs the steps in order and ends the process with the first failure. Steps in a list of their own
 * run beside each other; what they print is held back and shown as each ends. Each step's wall time
 * is printed, because a check that grows slow is a check nobody runs.
 */
export async function runSteps(steps: readonly (Step | readonly Step[])[]): Promise<void> {
  for (const step of steps) {
    const together = 'name' in step ? [step] : step;
    await Promise.all(together.map((each) => runStep(each, together.length > 1)));
  }
}

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
