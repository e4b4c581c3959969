import { spawnSync } from 'node:child_process';

/** One command of a longer run, with the name a person sees. */
export interface Step {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/**
 * Runs the steps in order with their output shown, and ends the process with the first failure.
 * Each step's wall time is printed, because a check that grows slow is a check nobody runs.
 */
export function runSteps(steps: Step[]): void {
  for (const step of steps) {
    const startedMs = performance.now();
    console.log(`\n── ${step.name}`);
    const result = spawnSync(step.command, step.args, {
      stdio: 'inherit',
      env: { ...process.env, ...step.env },
    });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    if (result.error) console.error(`${step.command}: ${result.error.message}`);
    if (result.status !== 0) {
      console.error(`\n✗ ${step.name} failed after ${seconds} s`);
      process.exit(result.status ?? 1);
    }
    console.log(`✓ ${step.name} (${seconds} s)`);
  }
}
