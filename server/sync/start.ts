import { z } from 'zod';
import type { Definitions, DefinitionsSource, MobileServer } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import type { MainStatus, Overview } from '../contract/manage.ts';
import type { ModelDeclaration } from '../core/model.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { Loop } from './loop.ts';
import { MainLink } from './main-link.ts';
import { Replicator } from './replicator.ts';

/** The whole stop takes no longer than this, ms. */
const STOP_DEADLINE_MS = 5_000;

/** The definitions are read again after this long even if no event was seen, ms. */
const FOLLOW_MS = 5 * 60_000;

const joinedSchema = z.object({ serverKey: z.string() });

export interface SyncOptions {
  system: System;
  storage: Storage;
  definitions: DefinitionsSource;
  self: { key: string; role: 'store' | 'main'; version: string };
  models: readonly ModelDeclaration[];
  connect: (server: MobileServer) => Upstream;
}

/** Everything that this server does with mains on its own account. */
export interface Sync {
  /** The mains in the order of their priority, as they were last seen; nothing is asked now. */
  mains(): Omit<MainStatus, 'waiting'>[];
  /** Null where this server replicates from nobody. */
  replication(): Overview['replication'];
  /** A message may wait for a main. */
  wake(): void;
  /**
   * The answer to a query of the first main that is online and offers the service, as the main gave
   * it; null where none did.
   */
  relay(service: string, parameters: JsonObject): Promise<JsonObject | null>;
  /** Ends all loops; what is under way goes back in line. Resolves within 5 s. */
  stop(): Promise<void>;
}

/**
 * Starts the loops: for each main in the definitions other than this server a watch and a forwarder,
 * at a store server also the replicator. They follow the definitions as these change.
 */
export function startSync(options: SyncOptions): Sync {
  return new RunningSync(options);
}

class RunningSync implements Sync {
  readonly #options: SyncOptions;
  readonly #replicator: Replicator | null;
  readonly #follower: Loop;
  readonly #unsubscribe: () => void;
  /** By key, in the order of their priority. */
  #links = new Map<string, MainLink>();
  /** Links to mains that are no longer defined, while they end. */
  readonly #leaving = new Set<Promise<void>>();
  /** Key of the main that was replicated from last. */
  #sourceKey: string | undefined;
  #stopped = false;

  constructor(options: SyncOptions) {
    this.#options = options;
    const { system, storage, self, models } = options;
    this.#replicator =
      self.role === 'store'
        ? new Replicator({ system, storage, self, models, source: () => this.#source() })
        : null;
    this.#follower = new Loop(system, 'definitions of mains', async () => {
      this.#follow(await storage.definitions());
      return FOLLOW_MS;
    });
    this.#unsubscribe = storage.onEvents((events) => {
      if (events.some(({ kind }) => kind === 'definitions')) this.#follower.wake();
      if (events.some(({ kind }) => kind === 'entry' || kind === 'lane')) this.wake();
    });
    this.#follow(options.definitions.current());
    this.#follower.start();
    this.#replicator?.start();
  }

  mains(): Omit<MainStatus, 'waiting'>[] {
    return [...this.#links.values()].map((link) => link.status());
  }

  replication(): Overview['replication'] {
    return this.#replicator?.report() ?? null;
  }

  wake(): void {
    for (const link of this.#links.values()) link.forwarder.wake();
  }

  async relay(service: string, parameters: JsonObject): Promise<JsonObject | null> {
    for (const link of this.#links.values()) {
      if (!link.presence.online || !link.offers(service)) continue;
      const reply = await link.upstream.query(service, parameters);
      if (reply.kind === 'answer') return reply.body;
      if (reply.kind === 'failure') link.presence.sawFault(reply);
    }
    return null;
  }

  async stop(): Promise<void> {
    const { timers, log } = this.#options.system;
    this.#stopped = true;
    this.#unsubscribe();
    const inTime = new AbortController();
    const ended = this.#end().finally(() => inTime.abort());
    await Promise.race([ended, timers.pause(STOP_DEADLINE_MS, inTime.signal)]);
    if (!inTime.signal.aborted) log.warn({}, 'the loops did not end in time');
  }

  async #end(): Promise<void> {
    // The links close their connections, which ends a page of the replicator that is under way.
    const loops = [this.#follower.stop(), this.#replicator?.stop()];
    await Promise.all([...this.#links.values()].map((link) => link.stop()));
    await Promise.all([...loops, ...this.#leaving]);
  }

  /** Starts links to new mains and ends those to mains that are gone or have another address. */
  #follow(definitions: Definitions): void {
    if (this.#stopped) return;
    const links = new Map<string, MainLink>();
    for (const server of mainsOf(definitions, this.#options.self.key)) {
      const known = this.#links.get(server.key);
      const link = known?.server.url === server.url ? known : this.#link(server);
      link.server = server;
      links.set(server.key, link);
    }
    for (const [key, link] of this.#links) if (links.get(key) !== link) this.#leave(link);
    this.#links = links;
  }

  #link(server: MobileServer): MainLink {
    const { system, storage, self, connect } = this.#options;
    const link = new MainLink({
      server,
      upstream: connect(server),
      storage,
      system,
      self,
      onOnline: () => this.#replicator?.wake(),
      onHeartbeat: ({ definitionsVersion }) => {
        if (server.key === this.#sourceKey) this.#replicator?.sawVersion(definitionsVersion);
      },
    });
    link.start();
    return link;
  }

  #leave(link: MainLink): void {
    const left = link.stop().finally(() => this.#leaving.delete(left));
    this.#leaving.add(left);
  }

  /** The main that this server joined; without it the one that comes first. */
  async #source(): Promise<MainLink | undefined> {
    const joined = joinedSchema.safeParse(await this.#options.storage.fact('joined')).data;
    const [first] = this.#links.values();
    const source = (joined && this.#links.get(joined.serverKey)) ?? first;
    this.#sourceKey = source?.server.key;
    return source;
  }
}

function mainsOf(definitions: Definitions, selfKey: string): MobileServer[] {
  return definitions.servers
    .filter(({ type, active, key }) => type === 'MAIN' && active && key !== selfKey)
    .toSorted((one, other) => one.priority - other.priority || (one.key < other.key ? -1 : 1));
}
