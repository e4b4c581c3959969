import type { Timers } from '../../../terminal/platform.ts';
import type { Family, Member } from './family.ts';
import { programFile } from './program-file.ts';

/** The database in a server's data folder. */
export const DATABASE_FILE = 'backroom.db';

/** How long a server may take from its start to its first answer. */
const START_DEADLINE_MS = 60_000;
const POLL_MS = 50;

/** Starts `backroom serve` on loopback as a member of the family; resolves when it takes work. */
export async function startServer(parts: {
  family: Family;
  timers: Timers;
  name: string;
  port: number;
  options: readonly string[];
}): Promise<Member> {
  const { family, timers, name, port, options } = parts;
  const member = family.start({
    name,
    script: programFile('../backroom'),
    arguments: ['serve', '--port', String(port), '--log-level', 'warn', ...options],
    nodeOptions: ['--import', programFile('./end-with-parent').href],
  });
  await Promise.race([family.broken, untilReady(`http://127.0.0.1:${port}`, timers)]);
  return member;
}

async function untilReady(url: string, timers: Timers): Promise<void> {
  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  while (!deadline.aborted) {
    const answer = await fetch(`${url}/readyz`, { signal: deadline }).catch(() => undefined);
    if (answer?.ok === true) return;
    await timers.pause(POLL_MS, deadline);
  }
  throw new Error(`The server at ${url} did not answer within ${START_DEADLINE_MS} ms.`);
}
