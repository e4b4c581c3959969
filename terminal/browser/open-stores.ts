import type { Keeping } from '../keeping.ts';
import type { Platform } from '../platform.ts';
import type { StorageReport } from '../pos-till.ts';
import type { QueueLog } from '../queue.ts';
import { indexedDbAnswers } from './answers.ts';
import { IndexedDbArchive } from './archive.ts';
import { IndexedDbCashiers, NO_CASHIERS } from './cashiers.ts';
import { currentName, databaseName, openDatabase } from './database.ts';
import { takeEpoch } from './epoch.ts';
import type { Holder } from './hold.ts';
import { IndexedDbQueueLog } from './indexeddb-queue-log.ts';
import type { Lead, LeadOptions } from './leadership.ts';
import { Leadership } from './leadership.ts';
import { leaseHolder } from './lease-holder.ts';
import { MemoryQueueLog } from './memory-queue-log.ts';
import { askToPersist, readStorage } from './persistence.ts';
import { IndexedDbMasterData } from './saved-master-data.ts';
import type { TillDatabase } from './schema.ts';
import type { StoreFault } from './store-fault.ts';
import { openingErrorOf } from './store-fault.ts';
import { indexedDbSuspended } from './suspended.ts';
import { volatileKeeping } from './volatile-keeping.ts';
import { webLockHolder } from './web-lock-holder.ts';

export interface StoresOptions {
  platform: Platform;
  /** The stores are closed and stay so: a newer page needs them, or the browser took them away. */
  onClosed: (why: 'newerPage' | 'browser') => void;
  /** Begins a new store beside one that cannot be opened, which stays for whoever can read it. */
  anew?: boolean;
}

/** Everything that a till keeps in this browser, for this origin. */
export interface BrowserStores {
  /** Read by any window; written by the one that leads, others are refused with `notLeader`. */
  queueLog: QueueLog;
  keeping: Keeping;
  /** The browser keeps nothing: a sale is safe only when a server has taken it. */
  isVolatile: boolean;
  report(): Promise<StorageReport>;
  /**
   * Resolves when this window is the only one that writes the queue; ask before the queue is opened.
   * Rejects with StoreError where the store cannot take that down, and when the signal is aborted.
   */
  lead(options: LeadOptions): Promise<Lead>;
  /** Asks the window that has the till to give it up; see {@link Leadership.useHere}. */
  useHere(): void;
  close(): void;
}

/**
 * Opens the stores of a till, and asks the browser to keep them. Where there is no IndexedDB they are in
 * memory, flagged and reported; where there is one that cannot be used now, the fault is the answer.
 */
export async function openStores(
  terminalName: string,
  { platform, onClosed, anew = false }: StoresOptions,
): Promise<BrowserStores | StoreFault> {
  let database: TillDatabase;
  try {
    const name = await currentName(terminalName, anew);
    database = await openDatabase(name, { timers: platform.timers, onClosed });
  } catch (reason) {
    const error = openingErrorOf(reason);
    if (error.code === 'noStore') return volatileStores(terminalName, platform, error.message);
    platform.log({ code: error.code, reason: String(error.cause) }, error.message);
    return error.toFault();
  }
  // The answer is for the report: a browser that asks somebody holds nothing up.
  void askToPersist();
  return storesIn(database, terminalName, platform);
}

function storesIn(database: TillDatabase, terminalName: string, platform: Platform): BrowserStores {
  const queueLog = new IndexedDbQueueLog({ database, platform });
  const name = databaseName(terminalName);
  const locks = lockManager();
  const holder =
    locks === undefined
      ? leaseHolder(database, platform.timers)
      : webLockHolder({ name, locks, takeEpoch: () => takeEpoch(database) });
  const leadership = new Leadership(name, holder, platform.timers);
  const begunAnew =
    database.name === name
      ? null
      : `This till began a new store because the browser could not open the one before. That may hold sales that no server has: do not clear the browser's data, and tell whoever looks after the till.`;
  return {
    queueLog,
    keeping: {
      masterData: new IndexedDbMasterData(database),
      answers: indexedDbAnswers(database),
      archive: new IndexedDbArchive(database),
      suspended: indexedDbSuspended(database),
      cashiers: hasWebCrypto() ? new IndexedDbCashiers(database, platform.clock) : NO_CASHIERS,
    },
    isVolatile: false,
    report: async () => ({ ...(await readStorage()), mended: queueLog.mended ?? begunAnew }),
    async lead(options) {
      const lead = await leadership.lead(options);
      queueLog.epoch = lead.epoch;
      const release = (): Promise<void> => {
        queueLog.epoch = null;
        return lead.release();
      };
      return { ...lead, release };
    },
    useHere: () => leadership.useHere(),
    close: () => database.close(),
  };
}

function volatileStores(terminalName: string, platform: Platform, reason: string): BrowserStores {
  const name = databaseName(terminalName);
  const locks = lockManager();
  const takeFirst = (): Promise<number> => Promise.resolve(1);
  const holder = locks === undefined ? ALONE : webLockHolder({ name, locks, takeEpoch: takeFirst });
  const leadership = new Leadership(name, holder, platform.timers);
  return {
    queueLog: new MemoryQueueLog(),
    keeping: volatileKeeping(),
    isVolatile: true,
    report: async () => ({ ...(await readStorage()), persistent: false, mended: reason }),
    lead: (options) => leadership.lead(options),
    useHere: () => leadership.useHere(),
    close: () => undefined,
  };
}

/** Without a store and without locks, windows cannot know of each other. */
const ALONE: Holder = {
  wait: () => ALONE.seize(),
  seize: () =>
    Promise.resolve({
      epoch: 1,
      lost: new Promise(() => undefined),
      release: () => Promise.resolve(),
    }),
};

function lockManager(): LockManager | undefined {
  return (navigator as Partial<Navigator>).locks;
}

function hasWebCrypto(): boolean {
  return (crypto as Partial<Crypto>).subtle !== undefined;
}
