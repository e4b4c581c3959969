import { mkdir, readFile } from 'node:fs/promises';
import type { Platform } from '../platform.ts';
import { Till } from '../till.ts';
import { openFileQueue } from './file-queue.ts';
import { openJournal } from './journal.ts';
import { nodePlatform } from './platform.ts';

/** What a till in Node is started with. */
export interface TillConfig {
  serverUrl: string;
  /** Search key of the terminal. */
  terminal: string;
  userName: string;
  /** PIN or password. */
  pin: string;
  /** Folder of the till's files; made when it is missing. A till has a folder for itself. */
  directory: string;
  heartbeatMs: number;
  /** For the till's chance; another one at each start where it is absent. */
  seed?: number;
  /** How long the till may try to start while no server answers. */
  startDeadlineMs?: number;
  log?: Platform['log'];
}

const DEFAULT_START_DEADLINE_MS = 60_000;

/**
 * Opens a till on a folder and starts it. Throws TillFault where it cannot start, and what the file
 * system says. `close` ends the till and its files.
 */
export async function openTill(
  config: TillConfig,
): Promise<{ till: Till; platform: Platform; close: () => Promise<void> }> {
  const platform = nodePlatform(config.log ?? (() => undefined), config.seed);
  await mkdir(config.directory, { recursive: true });
  const queue = await openFileQueue(config.directory);
  const journal = await openJournal(config.directory);
  const closeFiles = async (): Promise<void> => {
    await queue.close();
    await journal.close();
  };
  if (queue.damaged > 0) {
    platform.log({ lines: queue.damaged }, 'lines of the queue are damaged; a copy was put aside');
  }
  try {
    const till = await Till.open(
      {
        platform,
        serverUrl: config.serverUrl,
        terminalName: config.terminal,
        credentials: { userName: config.userName, secret: config.pin },
        queueLog: queue.log,
        journal,
        heartbeatMs: config.heartbeatMs,
        appVersion: await ownVersion(),
      },
      config.startDeadlineMs ?? DEFAULT_START_DEADLINE_MS,
    );
    const close = async (): Promise<void> => {
      await till.close();
      await closeFiles();
    };
    return { till, platform, close };
  } catch (error) {
    await closeFiles();
    throw error;
  }
}

/** The version in the package's own description, above the sources as above what is built. */
async function ownVersion(): Promise<string> {
  for (const path of ['../../package.json', '../../../package.json']) {
    const text = await readFile(new URL(path, import.meta.url), 'utf8').catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version;
  }
  return 'unknown';
}
