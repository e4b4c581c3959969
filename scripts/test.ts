/** The whole check (`npm test`): the parts from outside, then types, lint, build and every kind of test. */
import { ensureParts } from './parts.ts';
import type { Step } from './steps.ts';
import { runBeside } from './steps.ts';

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
// Browsers and servers wait more than they compute, so the two lines share the machine well.
await runBeside(
  [
    { name: 'build', command: 'node', args: ['scripts/build.ts'] },
    playwright('e2e'),
    playwright('packaged'),
  ],
  [
    { name: 'check', command: 'node', args: ['scripts/check.ts'] },
    vitest('unit'),
    vitest('integration'),
  ],
);
