/**
 * Builds everything into dist/: the server, the terminal and the shell by the TypeScript compiler,
 * the managers' screens, the Web POS and the preload by Vite. Run by `npm run build` and after `npm ci`.
 */
import { chmodSync, rmSync } from 'node:fs';
import { runSteps } from './steps.ts';

rmSync('dist', { recursive: true, force: true });
await runSteps([
  { name: 'compile', command: 'tsc', args: ['-p', 'tsconfig.build.json'] },
  {
    name: 'screens',
    command: 'vite',
    args: ['build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'till',
    command: 'vite',
    args: ['build', '--config', 'terminal/pos/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'preload',
    command: 'vite',
    args: ['build', '--config', 'main/preload.vite.config.ts', '--logLevel', 'warn'],
  },
]);
chmodSync('dist/server/cli/backroom.js', 0o755);
