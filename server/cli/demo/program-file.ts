import { extname } from 'node:path';

/**
 * A file of ours that is run as a process, beside this one, given without its ending: `.ts` in the
 * sources, `.js` where they are built.
 */
export function programFile(path: string): URL {
  return new URL(path + extname(import.meta.url), import.meta.url);
}
