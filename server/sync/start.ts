import { z } from 'zod';
import type { Definitions, MobileServer, MobileService } from '../contract/definitions.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { JsonObject } from '../contract/json.ts';
import type { MainStatus, Overview } from '../contract/manage.ts';
import { leaderOf, membersOf } from '../core/destination-group.ts';
import { heartbeatIntervalMs } from '../core/heartbeat-interval.ts';
import type { ModelDeclaration } from '../core/model.ts';
import { groupsOf, staleRoutes } from '../core/stale-routes.ts';
import { stateTimings } from '../core/state-preferences.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { contactWithMains, ownHealth } from './contact.ts';
import { aboutDefinitions } from './about-definitions.ts';
import type { Routing } from './forwarder.ts';
import { HeldHeartbeats } from './held-heartbeats.ts';
import type { FollowedDefinitions } from './live-definitions.ts';
import { Loop } from './loop.ts';
import { MainLink } from './main-link.ts';
import { OwnStateKeeper } from './own-state.ts';
import type { OwnStatus, StateWish } from './own-state.ts';
import { Peers } from './peers.ts';
import { Replicator } from './replicator.ts';
import { Throttle } from './throttle.ts';

/** The whole stop takes no longer than this, ms. */
const STOP_DEADLINE_MS = 5_000;

/** The definitions are read again after this long even if no event was seen, ms. */
const FOLLOW_MS = 5 * 60_000;

/**
 * After a change they are looked at once more: a message that was on its way to the disk may have been
 * given its destinations by the definitions before.
 */
const FOLLOW_AGAIN_MS = 10_000;

/** Mains are told of tills that take definitions up no more often, ms: tills do so one by one. */
const UPTAKE_MS = 3_000;

const joinedSchema = z.object({ serverKey: z.string() });

export interface SyncOptions {
  system: System;
  storage: Storage;
  definitions: FollowedDefinitions;
  self: { key: string; role: 'store' | 'main'; version: string };
  models: readonly ModelDeclaration[];
  /** The services of all modules, and which of them carry messages. */
  services: readonly MobileService[];
  isTransaction: (service: string) => boolean;
  /** Whether the definitions and master data are another server's. */
  replicates: boolean;
  connect: (server: MobileServer) => Upstream;
}

/** Everything that this server does with mains on its own account. */
export interface Sync {
  /** The mains in the order of their priority, as they were last seen; nothing is asked now. */
  mains(): Omit<MainStatus, 'waiting'>[];
  /** Null where this server replicates from nobody. */
  replication(): Overview['replication'];
  /** This server's own state. */
  own(): OwnStatus;
  /** A manager's wish for it; resolves when it is kept and in the audit. */
  force(wish: StateWish, actor: string): Promise<void>;
  /** What is known of the other servers. */
  readonly peers: Pick<Peers, 'saw' | 'list' | 'stateOf'>;
  /** A message may wait for a main. */
  wake(): void;
  /** Holds another server's heartbeat until there is news for it; see {@link HeldHeartbeats.hold}. */
  hold(serverKey: string, holdMs: number): Promise<boolean>;
  /** A till has taken other definitions up: mains hear of it within {@link UPTAKE_MS}. */
  tookUp(): void;
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
 * the keeper of its own state, and the replicator where it replicates. They follow the definitions as
 * these change, and take along what waits.
 */
export function startSync(options: SyncOptions): Sync {
  return new RunningSync(options);
}

class RunningSync implements Sync {
  readonly peers: Peers;
  readonly #options: SyncOptions;
  readonly #own: OwnStateKeeper;
  readonly #replicator: Replicator | null;
  readonly #follower: Loop;
  readonly #held: HeldHeartbeats;
  readonly #uptake: Throttle;
  readonly #unsubscribe: (() => void)[];
  /** The groups that messages may be addressed to. */
  #groups: string[] = [];
  /** The version of the definitions that the links follow. */
  #version: number | undefined;
  /** By key, in the order of their priority. */
  #links = new Map<string, MainLink>();
  /** Links to mains that are no longer defined, while they end. */
  readonly #leaving = new Set<Promise<void>>();
  /** Key of the main that was replicated from last. */
  #sourceKey: string | undefined;
  #stopped = false;

  constructor(options: SyncOptions) {
    this.#options = options;
    const { system, storage, self, models, definitions } = options;
    this.#replicator = options.replicates
      ? new Replicator({
          system,
          storage,
          self,
          models,
          source: () => this.#source(),
          // The main hears of it at once.
          onTakenUp: () => this.#links.get(this.#sourceKey ?? '')?.presence.lookNow(),
        })
      : null;
    this.peers = new Peers({ system, storage, definitions, self, mains: () => this.mains() });
    this.#own = new OwnStateKeeper({
      system,
      storage,
      self,
      contact:
        self.role === 'main'
          ? ownHealth(storage, system.clock)
          : () => contactWithMains(this.mains()),
      timings: () => stateTimings(definitions.current()),
      onChange: () => this.#ownStateChanged(),
    });
    this.#follower = new Loop(system, 'definitions of mains', () => this.#followNow());
    this.#held = new HeldHeartbeats(system.timers);
    this.#uptake = new Throttle(system.timers, UPTAKE_MS, () => this.#lookAtMains());
    this.#unsubscribe = [
      storage.onEvents((events) => {
        if (events.some(({ kind }) => kind === 'definitions')) this.#follower.wake();
        if (events.some(({ kind }) => kind === 'entry' || kind === 'lane')) this.wake();
      }),
      // Other servers hear at once of a change, and mains that it has been taken up.
      definitions.onChange(() => {
        this.#held.release();
        this.#lookAtMains();
      }),
    ];
    this.#follow(definitions.current());
    this.#own.start();
    this.#follower.start();
    this.#replicator?.start();
  }

  mains(): Omit<MainStatus, 'waiting'>[] {
    return [...this.#links.values()].map((link) => link.status());
  }

  replication(): Overview['replication'] {
    return this.#replicator?.report() ?? null;
  }

  own(): OwnStatus {
    return this.#own.status();
  }

  force(wish: StateWish, actor: string): Promise<void> {
    return this.#own.force(wish, actor);
  }

  wake(): void {
    for (const link of this.#links.values()) link.forwarder.wake();
  }

  hold(serverKey: string, holdMs: number): Promise<boolean> {
    return this.#held.hold(serverKey, holdMs);
  }

  tookUp(): void {
    this.#uptake.ask();
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
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#held.stop();
    this.#uptake.stop();
    const inTime = new AbortController();
    const ended = this.#end().finally(() => inTime.abort());
    await Promise.race([ended, timers.pause(STOP_DEADLINE_MS, inTime.signal)]);
    if (!inTime.signal.aborted) log.warn({}, 'the loops did not end in time');
  }

  async #end(): Promise<void> {
    // The links close their connections, which ends a page of the replicator that is under way.
    const loops = [this.#follower.stop(), this.#own.stop(), this.#replicator?.stop()];
    await Promise.all([...this.#links.values()].map((link) => link.stop()));
    await Promise.all([...loops, ...this.#leaving]);
  }

  /** Reads the definitions and follows them; gives the rest until the next look. */
  async #followNow(): Promise<number> {
    const { storage, services, self } = this.#options;
    const definitions = await storage.definitions();
    this.#follow(definitions);
    const isNew = definitions.version !== this.#version;
    this.#version = definitions.version;
    const routes = staleRoutes(definitions, services, self, await storage.openRoutes());
    if (routes.length > 0) {
      const revised = await storage.reviseDestinations({ actor: 'definitions', routes });
      this.#options.system.log.info({ ...revised }, 'what waits has other destinations');
    }
    return isNew ? FOLLOW_AGAIN_MS : FOLLOW_MS;
  }

  /** Starts links to new mains and ends those to mains that are gone or have another address. */
  #follow(definitions: Definitions): void {
    if (this.#stopped) return;
    const { self, services, isTransaction } = this.#options;
    this.#groups = groupsOf(definitions, services, self, isTransaction);
    const links = new Map<string, MainLink>();
    for (const server of mainsOf(definitions, self.key)) {
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
      routing: () => this.#routingTo(server.key),
      about: () => this.#aboutTo(server.key),
      heartbeatIntervalMs: () => heartbeatIntervalMs(this.#options.definitions.current(), self.key),
      onOnline: () => this.#replicator?.wake(),
      onState: () => {
        this.#own.wake();
        // What another main was waited for may be this one's turn now.
        this.wake();
      },
      onHeartbeat: (answer) => this.#heard(server.key, answer),
    });
    link.start();
    return link;
  }

  #routingTo(key: string): Routing {
    const offline = [...this.#links.values()]
      .filter(({ presence }) => presence.declaredOffline)
      .map(({ server }) => server.key);
    return {
      held: this.#own.status().forced,
      groups: this.#groups
        .filter((group) => membersOf(group).includes(key))
        .map((destination) => {
          const passedOver = new Set([...offline, ...this.#behindIn(destination)]);
          return { destination, leads: leaderOf(destination, passedOver) === key };
        }),
      offline,
    };
  }

  /** The members of a group that get from a later one what it took in their place. */
  #behindIn(group: string): string[] {
    const members = membersOf(group);
    return members.filter((key, at) =>
      members.slice(at + 1).some((later) => this.#links.get(later)?.mayOwe(key) === true),
    );
  }

  /** What this server says of itself to a main; of the definitions only to their owner. */
  async #aboutTo(key: string): Promise<Partial<HeartbeatRequest>> {
    const takenUp = this.#replicator?.takenUp ?? null;
    const isSource = key === this.#sourceKey && takenUp !== null;
    return {
      ...this.#own.about(),
      ...(isSource && { definitionsVersion: takenUp }),
      ...(await aboutDefinitions(this.#options)),
    };
  }

  #heard(key: string, answer: HeartbeatAnswer): void {
    const { serverState: state, since, reason, definitionsVersion } = answer;
    const sinceMs = since ?? null;
    this.peers.saw({ key, state, sinceMs, reason: reason ?? null, definitionsVersion: null });
    if (key === this.#sourceKey) this.#replicator?.sawVersion(definitionsVersion);
    // A main that has passed everything on hands its place back.
    if (this.#groups.length > 0) this.wake();
  }

  /** Other servers hear of it at once, and what was held goes on. */
  #ownStateChanged(): void {
    this.#held.release();
    this.#lookAtMains();
    this.wake();
  }

  #lookAtMains(): void {
    for (const link of this.#links.values()) link.presence.lookNow();
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
