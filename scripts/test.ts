/** The whole check (`npm test`): the parts from outside, then types, lint, build and every kind of test. */
import { ensureParts } from './parts.ts';
import { runSteps } from './steps.ts';

ensureParts();
await runSteps([
  [
    { name: 'check', command: 'node', args: ['scripts/check.ts'] },
    { name: 'build', command: 'node', args: ['scripts/build.ts'] },
  ],
  { name: 'unit tests', command: 'vitest', args: ['run', '--project', 'unit'] },
  { name: 'integration tests', command: 'vitest', args: ['run', '--project', 'integration'] },
  { name: 'end-to-end tests', command: 'playwright', args: ['test', '--project', 'e2e'] },
  { name: 'packaged tests', command: 'playwright', args: ['test', '--project', 'packaged'] },
]);
