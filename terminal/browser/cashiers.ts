import type { Cashier, KnownCashiers, OfflineLogIn } from '../keeping.ts';
import type { Clock } from '../platform.ts';
import type { CashierRow, TillDatabase } from './schema.ts';
import { lockOf, NO_TRIES, oneMoreWrong } from './tries.ts';
import { ITERATIONS, isSecret, makeSalt, makeVerifierKey, verifierOf } from './verifier.ts';
import { write } from './write.ts';

type Try =
  { kind: 'check'; row: CashierRow } | { kind: 'unknown' } | { kind: 'locked'; untilMs: number };

/**
 * Cashiers who may log in at this till without a server. Of their secrets the till keeps verifiers, made
 * with a cost and with a key that no script can read; after five wrong tries each further one waits.
 */
export class IndexedDbCashiers implements KnownCashiers {
  readonly #database: TillDatabase;
  readonly #clock: Clock;
  readonly #iterations: number;

  constructor(database: TillDatabase, clock: Clock, iterations = ITERATIONS) {
    this.#database = database;
    this.#clock = clock;
    this.#iterations = iterations;
  }

  async list(): Promise<Cashier[]> {
    const rows = await this.#database.getAll('cashiers');
    return rows.map(({ userId, userName, name }) => ({ userId, userName, name }));
  }

  async learn({ userId, userName, name }: Cashier, secret: string): Promise<void> {
    const derivation = { salt: makeSalt(), iterations: this.#iterations };
    const verifier = await verifierOf(await this.#key(), secret, derivation);
    await this.#put({ ...{ userId, userName, name, verifier }, ...derivation, ...NO_TRIES });
  }

  async forget(userName: string): Promise<void> {
    await write(this.#database, ['cashiers'], 'strict', async (transaction) => {
      await transaction.objectStore('cashiers').delete(userName);
    });
  }

  async check(userName: string, secret: string): Promise<OfflineLogIn> {
    const begun = await this.#begin(userName);
    if (begun.kind === 'locked') return { ok: false, why: 'locked', untilMs: begun.untilMs };
    const key = await this.#key();
    if (begun.kind === 'unknown') {
      // The same work as for somebody who is known: the time it takes tells nothing.
      await verifierOf(key, secret, { salt: makeSalt(), iterations: this.#iterations });
      return { ok: false, why: 'unknown' };
    }
    const { row } = begun;
    if (!(await isSecret(key, secret, row))) {
      const lock = lockOf(row, this.#clock.nowMs());
      return lock === null
        ? { ok: false, why: 'wrong' }
        : { ok: false, why: 'locked', untilMs: lock.untilMs };
    }
    await this.#put({ ...row, ...NO_TRIES });
    const { userId, name } = row;
    return { ok: true, cashier: { userId, userName, name } };
  }

  /**
   * Counts the try as wrong before it is looked at. A window that is closed meanwhile, or ten that try
   * at once, win no tries by that.
   */
  #begin(userName: string): Promise<Try> {
    const nowMs = this.#clock.nowMs();
    return write(this.#database, ['cashiers'], 'strict', async (transaction): Promise<Try> => {
      const cashiers = transaction.objectStore('cashiers');
      const known = await cashiers.get(userName);
      if (known === undefined) return { kind: 'unknown' };
      const lock = lockOf(known, nowMs);
      if (lock !== null) {
        await cashiers.put({ ...known, ...lock.tries });
        return { kind: 'locked', untilMs: lock.untilMs };
      }
      const row = { ...known, ...oneMoreWrong(known, nowMs) };
      await cashiers.put(row);
      return { kind: 'check', row };
    });
  }

  async #put(row: CashierRow): Promise<void> {
    await write(this.#database, ['cashiers'], 'strict', async (transaction) => {
      await transaction.objectStore('cashiers').put(row);
    });
  }

  /** The browser's own key; of two that are made at once the first stays. */
  async #key(): Promise<CryptoKey> {
    const known = await this.#database.get('keys', 'verifier');
    if (known !== undefined) return known;
    const made = await makeVerifierKey();
    return write(this.#database, ['keys'], 'strict', async (transaction) => {
      const keys = transaction.objectStore('keys');
      const first = await keys.get('verifier');
      if (first === undefined) await keys.put(made, 'verifier');
      return first ?? made;
    });
  }
}

/** Over plain http a browser has no WebCrypto: nobody is known, and a log-in needs a server. */
export const NO_CASHIERS: KnownCashiers = {
  list: () => Promise.resolve([]),
  learn: () => Promise.resolve(),
  forget: () => Promise.resolve(),
  check: () => Promise.resolve({ ok: false, why: 'unknown' }),
};
