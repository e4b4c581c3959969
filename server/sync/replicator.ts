import type { Terminal } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Overview } from '../contract/manage.ts';
import { backoffMs } from '../core/backoff.ts';
import { toModelRow } from '../core/model.ts';
import type { ModelDeclaration, ModelRow } from '../core/model.ts';
import { explainFault } from '../core/reply.ts';
import {
  afterPage,
  pageParameters,
  readPage,
  representatives,
  startRound,
} from '../core/replication.ts';
import type { Cursor } from '../core/replication.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { Loop } from './loop.ts';
import type { Presence } from './presence.ts';

/** Between the rounds of replication while nothing calls for one. */
export const ROUND_MS = 60_000;

/** What a page may take, ms; the main hears of it too. */
const PAGE_TIMEOUT_MS = 60_000;

/** Rows that cannot be stored are named in the log up to this many; afterwards they are only counted. */
const NAMED_FAULTS = 200;

/** The main that is replicated from. */
export interface ReplicationSource {
  upstream: Pick<Upstream, 'query'>;
  presence: Pick<Presence, 'online' | 'backroom' | 'sawFault'>;
}

export interface ReplicatorOptions {
  source: () => Promise<ReplicationSource | undefined>;
  models: readonly ModelDeclaration[];
  storage: Pick<Storage, 'definitions' | 'putRows' | 'replicationProgress' | 'announce'>;
  system: System;
  self: { key: string };
  /** Another version of the main's definitions is here as a whole. */
  onTakenUp?: () => void;
  roundMs?: number;
}

/** A model, or the part of it that a terminal of one price list gets. */
interface Part {
  model: ModelDeclaration;
  terminal: Terminal | undefined;
  scope: string;
}

/** Why a part could not be pulled; `fatal`: the main is not there, so the round ends. */
interface PullFault {
  error: string;
  fatal: boolean;
}

/**
 * Keeps this server's master data and definitions equal to a main's, by the queries that a till uses.
 * Definitions come first: they say which price lists are sold from here.
 */
export class Replicator {
  readonly #options: ReplicatorOptions;
  readonly #loop: Loop;
  readonly #namedFaults = new Set<string>();
  #report: NonNullable<Overview['replication']> = {
    lastSuccessAt: null,
    lastError: null,
    loading: null,
  };
  #failedRounds = 0;
  /** The main's newest definitions version that is known, and the one that the last round began with. */
  #knownVersion: number | null = null;
  #roundVersion: number | null = null;

  constructor(options: ReplicatorOptions) {
    this.#options = options;
    this.#loop = new Loop(options.system, 'replicator', () => this.#turn());
  }

  start(): void {
    this.#loop.start();
  }

  /** A round begins now: the main came online. */
  wake(): void {
    this.#loop.wake();
  }

  /** The main told its definitions' version; a round begins now where it is a new one. */
  sawVersion(version: number): void {
    this.#knownVersion = version;
    if (version !== this.#roundVersion) this.#loop.wake();
  }

  /** The newest version of the main's definitions that is here as a whole; null before the first. */
  get takenUp(): number | null {
    return this.#roundVersion;
  }

  /** Resolves when the page under way is stored; closing the upstream hastens it. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  report(): NonNullable<Overview['replication']> {
    return this.#report;
  }

  async #turn(): Promise<number> {
    const { source, system, roundMs = ROUND_MS } = this.#options;
    const main = await source();
    if (main?.presence.online !== true) return roundMs;
    const version = this.#knownVersion;
    const error = await this.#round(main);
    if (this.#loop.stopped) return 0;
    await this.#finish(error);
    if (error !== null) {
      this.#failedRounds += 1;
      return Math.min(roundMs, backoffMs(this.#failedRounds, system.chance.next()));
    }
    this.#failedRounds = 0;
    if (version !== this.#roundVersion) {
      this.#roundVersion = version;
      this.#options.onTakenUp?.();
    }
    return this.#knownVersion === version ? roundMs : 0;
  }

  /** Pulls every model. Null, or the first thing that went wrong; the models behind it are still tried. */
  async #round(main: ReplicationSource): Promise<string | null> {
    const { models, storage, self } = this.#options;
    const definitionModels = models.filter((model) => model.serversOnly === true);
    let first: string | null = null;
    const pullAll = async (parts: readonly Part[]): Promise<boolean> => {
      for (const part of parts) {
        if (this.#loop.stopped) return false;
        const fault = await this.#pull(main, part);
        if (fault === null) continue;
        first ??= `${part.model.name}: ${fault.error}`;
        if (fault.fatal) return false;
      }
      return true;
    };
    // Only mains like ourselves have the definitions as models.
    const shared = main.presence.backroom ? definitionModels : [];
    if (!(await pullAll(shared.map((model) => ({ model, terminal: undefined, scope: '' }))))) {
      return first;
    }
    const terminals = representatives(await storage.definitions(), self.key);
    const others = models.filter((model) => model.serversOnly !== true);
    await pullAll(others.flatMap((model) => partsOf(model, terminals)));
    return first;
  }

  async #pull(main: ReplicationSource, part: Part): Promise<PullFault | null> {
    const { storage, system } = this.#options;
    let rows = 0;
    let cursor: Cursor | null = startRound(
      await storage.replicationProgress(part.model.name, part.scope),
    );
    while (cursor !== null && !this.#loop.stopped) {
      const loading = cursor.sinceMs === null ? { model: part.model.name, rows } : null;
      this.#report = { ...this.#report, loading };
      const nowMs = system.clock.nowMs();
      const now = { iso: new Date(nowMs).toISOString(), timeoutMs: PAGE_TIMEOUT_MS };
      const parameters = pageParameters(cursor, part.terminal, now);
      const reply = await main.upstream.query(part.model.service, parameters);
      if (reply.kind !== 'answer') {
        const fatal = reply.kind === 'failure';
        if (fatal) main.presence.sawFault(reply);
        return { error: explainFault(reply), fatal };
      }
      const page = readPage(reply.body, cursor, nowMs);
      if ('error' in page) return { error: page.error, fatal: false };
      const step = afterPage(cursor, page.rows.length, page.mainClockMs);
      const progress = step.progress && { ...step.progress, scope: part.scope };
      if (page.rows.length > 0 || progress !== null) await this.#put(part, page.rows, progress);
      rows += page.rows.length;
      cursor = step.next;
    }
    return null;
  }

  async #put(
    { model, scope }: Part,
    values: readonly JsonObject[],
    progress: { scope: string; offset: number | null; lastUpdatedMs: number } | null,
  ): Promise<void> {
    const rows: ModelRow[] = [];
    let skipped = 0;
    for (const value of values) {
      const row = toModelRow(model, value, scope);
      if ('reason' in row) {
        skipped += 1;
        this.#nameFault(model.name, row.id, row.reason);
      } else rows.push(row);
    }
    const { storage, system } = this.#options;
    if (skipped > 0) system.log.debug({ model: model.name, skipped }, 'rows were left out');
    const put = { model: model.name, rows, keepUnconfirmed: true };
    await storage.putRows(progress === null ? put : { ...put, progress });
  }

  #nameFault(model: string, id: string | null, reason: string): void {
    const name = `${model} ${id ?? ''}: ${reason}`;
    if (this.#namedFaults.has(name) || this.#namedFaults.size >= NAMED_FAULTS) return;
    this.#namedFaults.add(name);
    this.#options.system.log.warn({ model, id, reason }, 'a row of the main cannot be stored');
  }

  async #finish(error: string | null): Promise<void> {
    const { storage, system } = this.#options;
    const known = this.#report;
    const now = new Date(system.clock.nowMs()).toISOString();
    this.#report = {
      lastSuccessAt: error === null ? now : known.lastSuccessAt,
      lastError: error,
      loading: null,
    };
    if (error !== null && error === known.lastError) return;
    if (error !== null) system.log.warn({ error }, 'replication failed; trying again');
    await storage.announce({ kind: 'replication', data: {} });
  }
}

/** A scoped model is asked for once for each price list, in the name of one of its terminals. */
function partsOf(model: ModelDeclaration, terminals: readonly Terminal[]): Part[] {
  if (model.scope === 'shared') return [{ model, terminal: terminals[0], scope: '' }];
  return terminals.map((terminal) => ({ model, terminal, scope: terminal.priceList }));
}
