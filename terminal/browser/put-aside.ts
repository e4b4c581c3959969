import { openDB } from 'idb';

/** A record of a damaged store as far as it could be read. */
export interface ReadRecord {
  key: number;
  /** Absent where the browser could not read it. */
  value?: unknown;
}

/**
 * Copies the records of a damaged store into a database of their own, for a person. Resolves with its
 * name when the copy would survive a loss of power.
 */
export async function putAside(
  damagedName: string,
  records: readonly ReadRecord[],
  nowMs: number,
): Promise<string> {
  const name = `${damagedName}-damaged-${nowMs}`;
  const copy = await openDB(name, 1, {
    upgrade: (database) => {
      database.createObjectStore('records', { keyPath: 'key' });
    },
  });
  try {
    const transaction = copy.transaction('records', 'readwrite', { durability: 'strict' });
    const puts = records.map((record) => transaction.store.put(record));
    await Promise.all([...puts, transaction.done]);
  } finally {
    copy.close();
  }
  return name;
}
