import type { MobileServer } from '../contract/definitions.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { MainStatus } from '../contract/manage.ts';
import { LATE_PROBE_BACKOFF, PROBE_BACKOFF, backoffMs } from '../core/backoff.ts';
import { explainFault } from '../core/reply.ts';
import type { Fault } from '../core/reply.ts';
import { observe, unseen } from '../core/server-state.ts';
import type { MainState, Observation } from '../core/server-state.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { Loop } from './loop.ts';

/** From this server to a main; "confirmed within one heartbeat" counts on it. */
export const HEARTBEAT_MS = 30_000;

/** Failed probes after which a main is looked for less often. */
const EAGER_PROBES = 12;

export interface PresenceOptions {
  server: MobileServer;
  upstream: Pick<Upstream, 'checkAvailability' | 'heartbeat'>;
  storage: Pick<Storage, 'announce'>;
  system: System;
  self: { key: string; version: string };
  /** What this server says of itself in a heartbeat. */
  about: () => Partial<HeartbeatRequest> | Promise<Partial<HeartbeatRequest>>;
  /** The main came online. */
  onOnline: () => void;
  /** The main is in another state than before. */
  onState: () => void;
  /** The main answered a heartbeat. */
  onHeartbeat: (answer: HeartbeatAnswer) => void;
}

/**
 * Knows whether one main server is there: heartbeats while it is online, probes with back-off while
 * it is not. It alone keeps the main's state; others tell it what they saw.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #loop: Loop;
  #state: MainState;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#state = unseen(options.system.clock.nowMs());
    this.#loop = new Loop(options.system, `presence of ${options.server.key}`, () => this.#look());
  }

  get online(): boolean {
    return this.#state.state === 'online';
  }

  /** Whether it was looked for and not found, or says so itself: another may take its place. */
  get declaredOffline(): boolean {
    return this.#state.state === 'offline' && this.#state.probes > 0;
  }

  /** Whether it takes batches and heartbeats; false until it has said so. */
  get backroom(): boolean {
    return this.#state.backroom === true;
  }

  start(): void {
    this.#loop.start();
  }

  /** Looks at the main now. */
  lookNow(): void {
    this.#loop.wake();
  }

  /** Calls under way must be ended by closing the upstream. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** A call to the main failed. */
  sawFault(fault: Fault): void {
    if (fault.kind === 'failure' && fault.code === 'aborted') return;
    const reached = fault.kind === 'odd' || fault.code !== 'unreachable';
    this.#see({ kind: 'failed', reached, error: explainFault(fault) });
  }

  /** The main answered a call. */
  sawContact(): void {
    this.#see({ kind: 'contact' });
  }

  status(): Pick<MainStatus, 'state' | 'since' | 'lastContactAt' | 'backroom' | 'lastError'> {
    const { state, sinceMs, lastContactMs, backroom, lastError } = this.#state;
    const lastContactAt = lastContactMs === null ? null : iso(lastContactMs);
    return { state, since: iso(sinceMs), lastContactAt, backroom, lastError };
  }

  /** One look at the main; gives the rest until the next. */
  async #look(): Promise<number> {
    const knownToBeat = this.backroom && this.#state.state !== 'offline';
    if (knownToBeat) await this.#beat();
    else await this.#probe();
    return this.#restMs();
  }

  async #probe(): Promise<void> {
    const reply = await this.#options.upstream.checkAvailability();
    if (reply.kind !== 'answer') this.sawFault(reply);
    else this.#see({ kind: 'answered', backroom: reply.body.backroom });
  }

  async #beat(): Promise<void> {
    const { server, self, system, upstream } = this.#options;
    const reply = await upstream.heartbeat({
      id: self.key,
      appVersion: self.version,
      ask: [],
      clock: system.clock.nowMs(),
      ...(await this.#options.about()),
    });
    if (reply.kind !== 'answer') {
      this.sawFault(reply);
    } else if (reply.body.serverKey !== server.key) {
      const error = `the server at ${server.url} is "${reply.body.serverKey}", not "${server.key}": correct its address in the server definitions`;
      this.#see({ kind: 'failed', reached: false, error });
    } else {
      // It answers, but wants no work: its disk is full, or somebody is at work on it.
      if (reply.body.serverState === 'offline') {
        const error = `it says that it is offline: ${reply.body.reason ?? 'no reason given'}`;
        this.#see({ kind: 'failed', reached: false, error });
      } else this.#see({ kind: 'contact' });
      this.#options.onHeartbeat(reply.body);
    }
  }

  #restMs(): number {
    const { chance } = this.#options.system;
    switch (this.#state.state) {
      case 'online':
        return HEARTBEAT_MS;
      case 'transitioning to online':
        return 0;
      case 'transitioning to offline':
        return backoffMs(this.#state.failures, chance.next(), PROBE_BACKOFF);
      case 'offline': {
        const { probes } = this.#state;
        const bounds = probes < EAGER_PROBES ? PROBE_BACKOFF : LATE_PROBE_BACKOFF;
        return backoffMs(probes + 1, chance.next(), bounds);
      }
    }
  }

  #see(seen: Observation): void {
    const { system, storage, server } = this.#options;
    const before = this.#state;
    this.#state = observe(before, seen, system.clock.nowMs());
    if (this.#state.state === before.state) return;
    const { state, lastError } = this.#state;
    system.log.info({ main: server.key, state, lastError }, 'a main server changed its state');
    if (this.online) this.#options.onOnline();
    this.#options.onState();
    // Whether it is gone shows at once.
    if (before.state === 'online') this.#loop.wake();
    // A screen that misses it sees the state at its next look; the announcement may fail.
    storage
      .announce({ kind: 'serverState', data: { serverKey: server.key, state } })
      .catch((error: unknown) => system.log.warn({ err: error }, 'a state was not announced'));
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
