import type { JsonObject } from '../server/contract/json.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import { Changes } from './changes.ts';
import type { SavedMasterData, SavedRows } from './keeping.ts';
import { loadIncrement, overlay } from './master-data.ts';
import type { Platform } from './platform.ts';
import type { RequestRouter } from './request-router.ts';

interface StockParts {
  platform: Platform;
  router: Pick<RequestRouter, 'query'>;
  masterData: SavedMasterData;
  /** The members that every query of the till carries. */
  common: JsonObject;
  pageRows: number;
}

/**
 * The master data of a till that runs: what it sells from, kept on its disk, and brought up to date
 * while it sells. The catalogue is replaced as a whole, so that whoever holds one sees no half of a change.
 */
export class Stock {
  readonly changes = new Changes();
  readonly #parts: StockParts;
  #saved: SavedRows;
  #catalogue: Catalogue;
  #refreshing: Promise<string | null> | undefined;
  /** What is written, one after the other. */
  #written: Promise<void> = Promise.resolve();

  constructor(parts: StockParts, saved: SavedRows) {
    this.#parts = parts;
    this.#saved = saved;
    this.#catalogue = catalogueOf(saved.rows).catalogue;
  }

  get catalogue(): Catalogue {
    return this.#catalogue;
  }

  get loadedAtMs(): number {
    return this.#saved.loadedAtMs;
  }

  get isRefreshing(): boolean {
    return this.#refreshing !== undefined;
  }

  /** Loads what is new, one load at a time. Null where it went well, else why not: the old data stays. */
  refresh(): Promise<string | null> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
      this.changes.tell();
    });
    this.changes.tell();
    return this.#refreshing;
  }

  /** Keeps a customer that was made or changed here, or found at a server. */
  keepCustomer({ row, billTo, shipTo }: Customer): void {
    const locations = [...new Set([billTo, shipTo])].filter((each) => each !== undefined);
    const increment: SavedRows = {
      rows: new Map([
        ['BusinessPartner', [row as JsonObject]],
        ['BPLocation', locations as JsonObject[]],
      ]),
      lastUpdatedMs: this.#saved.lastUpdatedMs,
      loadedAtMs: this.#saved.loadedAtMs,
    };
    this.#saved = overlay(this.#saved, increment).saved;
    this.#catalogue.customers.set(row.id, { row, billTo, shipTo });
    this.#write(increment);
  }

  /** Resolves when everything is written. */
  idle(): Promise<void> {
    return this.#written;
  }

  async #refresh(): Promise<string | null> {
    const { platform, router, common, pageRows } = this.#parts;
    const nowMs = (): number => platform.clock.nowMs();
    const increment = await loadIncrement({ router, common, pageRows, nowMs }, this.#saved);
    if ('fault' in increment) {
      platform.log({ reason: increment.fault }, 'newer master data could not be loaded');
      return increment.fault;
    }
    const { saved, isOther } = overlay(this.#saved, increment);
    this.#saved = saved;
    if (isOther) this.#catalogue = catalogueOf(saved.rows).catalogue;
    this.#write(increment);
    return null;
  }

  /** What cannot be kept is loaded again at the next start: the till sells on. */
  #write(increment: SavedRows): void {
    const { masterData, platform } = this.#parts;
    this.#written = this.#written
      .then(() => masterData.merge(increment))
      .catch((reason: unknown) => {
        platform.log({ reason: String(reason) }, 'master data could not be kept');
      });
  }
}
