import { join } from 'node:path';

/** The package's root: the shell runs from dist/main, in the checkout and inside the package alike. */
const root = join(import.meta.dirname, '..', '..');

/** Everything that the shell reads from its package. The server is known by its path only. */
export const paths = {
  serverEntry: join(root, 'dist', 'server', 'cli', 'backroom.js'),
  preload: join(root, 'dist', 'main', 'preload.cjs'),
  shellPages: join(root, 'resources', 'shell'),
  texts: join(root, 'resources', 'shell', 'texts.json'),
  icon: (name: string) => join(root, 'resources', 'icons', name),
};
