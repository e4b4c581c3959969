/** The whole check (`npm test`): the parts from outside, then types, lint, build and every kind of test. */
import { ensureParts } from './parts.ts';
import type { Step } from './steps.ts';
import { runSteps } from './steps.ts';

const vitest = (project: string): Step => ({
  name: `${project} tests`,
  command: 'vitest',
  args: ['run', '--project', project],
});
const playwright = (project: string): Step => ({
  name: `${project} tests`,
  command: 'playwright',
  args: ['test', '--project', project],
});

ensureParts();
// Tests start hundreds of processes from the sources: each compiles them once, not anew.
process.env['NODE_COMPILE_CACHE'] ??= 'node_modules/.cache/compile';
await runSteps([
  [
    { name: 'check', command: 'node', args: ['scripts/check.ts'] },
    { name: 'build', command: 'node', args: ['scripts/build.ts'] },
  ],
  vitest('unit'),
  // Both wait more than they compute.
  [vitest('integration'), playwright('e2e')],
  playwright('packaged'),
]);
