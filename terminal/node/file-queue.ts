import { join } from 'node:path';
import type { QueueLog } from '../queue.ts';
import type { QueueRecord } from '../queue-state.ts';
import { LogFile } from './log-file.ts';

/** Name of the queue's file in the till's folder. */
const FILE = 'queue.log';

/** The queue's log in a folder. `damaged` counts lines that could not be read; see {@link LogFile}. */
export async function openFileQueue(
  directory: string,
): Promise<{ log: QueueLog; damaged: number; close: () => Promise<void> }> {
  const { file, content } = await LogFile.open(join(directory, FILE));
  // Only this file's own writer makes lines whose checksum fits.
  const records = content.values as QueueRecord[];
  return {
    log: {
      read: () => Promise.resolve(records),
      append: (more) => file.append(more),
      replace: (all) => file.replace(all),
    },
    damaged: content.damaged,
    close: () => file.close(),
  };
}
