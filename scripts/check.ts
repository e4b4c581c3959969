/** Everything that can be judged without running the program: types, lint with the import law, format, dead code. */
import { runBeside } from './steps.ts';

await runBeside(
  [{ name: 'lint and import law', command: 'eslint', args: ['.', '--max-warnings', '0'] }],
  [
    { name: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
    { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
    { name: 'dead code', command: 'knip', args: [] },
  ],
);
