import { join } from 'node:path';
import { openTill } from '../../../terminal/node/open-till.ts';
import { TillFault } from '../../../terminal/till-api.ts';
import type { Till } from '../../../terminal/till.ts';
import { JOURNAL_FILE } from '../demo/tills.ts';
import { UsageFault } from '../fault.ts';
import type { Shop } from './shop.ts';

/** So often a till asks what is confirmed. */
const HEARTBEAT_MS = 1_000;

/** The tills of a replay. */
export interface ReplayTills {
  opened: readonly Till[];
  /** Paths of their journals. */
  journals: readonly string[];
  close(): Promise<void>;
}

/** Opens the shop's tills in this process, each with a folder in the run's folder. */
export async function openTills(shop: Shop, folder: string): Promise<ReplayTills> {
  const { serverUrl, userName, pin, terminals } = shop;
  try {
    const opened = await Promise.all(
      terminals.map((terminal) =>
        openTill({
          ...{ serverUrl, terminal, userName, pin },
          directory: join(folder, terminal),
          heartbeatMs: HEARTBEAT_MS,
        }),
      ),
    );
    return {
      opened: opened.map((each) => each.till),
      journals: terminals.map((terminal) => join(folder, terminal, JOURNAL_FILE)),
      close: async () => {
        await Promise.all(opened.map((each) => each.close()));
      },
    };
  } catch (cause) {
    if (!(cause instanceof TillFault)) throw cause;
    throw new UsageFault(`A till cannot start at ${serverUrl}: ${cause.message}`, { cause });
  }
}
