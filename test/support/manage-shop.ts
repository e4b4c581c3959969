import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { Doing } from './manage-fixture-process.ts';

const PROCESS_PATH = join(import.meta.dirname, 'manage-fixture-process.ts');

/** A shop's server as a process of its own. */
export interface Shop {
  url: string;
  /** Something happens in the shop; resolves when the server has noted it. */
  let(doing: Doing): Promise<void>;
  /** Ends the server at once, as a power cut does. */
  kill(): Promise<void>;
}

/** Starts a fixture's process; on a fixed port to come back where it was. */
export async function openShop(port = 0): Promise<Shop> {
  const child = fork(PROCESS_PATH, [String(port)], { execArgv: ['--no-warnings'] });
  const url = z.string().parse(await messageOf(child));
  return {
    url,
    async let(doing) {
      child.send(doing);
      await messageOf(child);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const exited = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('the shop’s server ended');
  });
  try {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [unknown];
    return message;
  } finally {
    exited.catch(() => undefined);
    ended.abort();
  }
}
