import type { MobileServer } from '../contract/definitions.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import { LIMITS } from '../contract/limits.ts';
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

/**
 * How a heartbeat that a main holds is asked for: some time below the interval between heartbeats, each
 * time another one, so that many stores do not stay in step.
 */
const HELD = { leastShare: 0.8, mostShare: 1 } as const;

/** Between two heartbeats that each brought news, ms. */
const NEWS_REST_MS = 1_000;

/** A main that answered before so much of the asked time, without news, does not hold heartbeats. */
const HELD_SHARE = 0.9;

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
  /** Between two heartbeats, ms. */
  intervalMs: () => number;
  /** Whether the main may keep a heartbeat until it has news; false: it is to answer at once. */
  mayBeHeld: () => boolean;
  /** The main came online. */
  onOnline: () => void;
  /** The main is in another state than before. */
  onState: () => void;
  /** The main answered a heartbeat. */
  onHeartbeat: (answer: HeartbeatAnswer) => void;
}

type Hold = NonNullable<HeartbeatRequest['hold']>;

/**
 * Knows whether one main server is there: heartbeats while it is online, probes with back-off while
 * it is not. It alone keeps the main's state; others tell it what they saw.
 *
 * A Backroom main that is online is asked to hold each heartbeat until it has news, so that news comes
 * at once and the line shows at once when it breaks. A look that is asked for meanwhile does not wait:
 * the held heartbeat is left alone, and the main lets it go when it gets the next.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #loop: Loop;
  #state: MainState;
  /** What a Backroom main said last; undefined while it is not online. */
  #said: Pick<Hold, 'definitionsVersion' | 'serverState'> | undefined;
  /** Ends the wait for a heartbeat that is held. */
  #held: AbortController | undefined;
  /** The rest after the look that was just made, while the main is online. */
  #onlineRestMs = 0;

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
    this.#held?.abort();
    this.#loop.wake();
  }

  /** Calls under way must be ended by closing the upstream. */
  stop(): Promise<void> {
    this.#held?.abort();
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
    this.#onlineRestMs = this.#options.intervalMs();
    if (reply.kind !== 'answer') this.sawFault(reply);
    else this.#see({ kind: 'answered', backroom: reply.body.backroom });
  }

  async #beat(): Promise<void> {
    const { self, system, upstream, about } = this.#options;
    const hold = this.#nextHold();
    const startedMs = system.clock.monotonicMs();
    const left = new AbortController();
    this.#held = hold && left;
    const said = await about();
    if (left.signal.aborted) return;
    const request: HeartbeatRequest = {
      ...{ id: self.key, appVersion: self.version, ask: [], clock: system.clock.nowMs() },
      ...said,
      ...(hold && { hold }),
    };
    const reply = await Promise.race([upstream.heartbeat(request), whenAborted(left.signal)]);
    this.#held = undefined;
    if (reply === undefined) return;
    if (reply.kind === 'answer') this.#heard(reply.body);
    else this.sawFault(reply);
    this.#onlineRestMs = this.#restAfter(hold, system.clock.monotonicMs() - startedMs);
  }

  #heard(answer: HeartbeatAnswer): void {
    const { server, onHeartbeat } = this.#options;
    const { serverKey, serverState, definitionsVersion } = answer;
    if (serverKey !== server.key) {
      const error = `the server at ${server.url} is "${serverKey}", not "${server.key}": correct its address in the server definitions`;
      this.#see({ kind: 'failed', reached: false, error });
      return;
    }
    this.#said = { definitionsVersion, serverState };
    // It answers, but wants no work: its disk is full, or somebody is at work on it.
    if (serverState === 'offline') {
      const error = `it says that it is offline: ${answer.reason ?? 'no reason given'}`;
      this.#see({ kind: 'failed', reached: false, error });
    } else this.#see({ kind: 'contact' });
    onHeartbeat(answer);
  }

  /** How the next heartbeat is to be held; undefined where it is to be answered at once. */
  #nextHold(): Hold | undefined {
    const { intervalMs, mayBeHeld, system } = this.#options;
    if (!this.online || this.#said === undefined || !mayBeHeld()) return undefined;
    const share = HELD.leastShare + (HELD.mostShare - HELD.leastShare) * system.chance.next();
    const mostMs = Math.min(intervalMs(), LIMITS.heldHeartbeatMs);
    return { ...this.#said, forMs: Math.floor(mostMs * share) };
  }

  /** None after a heartbeat that was held as long as asked: the next is held in turn. */
  #restAfter(hold: Hold | undefined, tookMs: number): number {
    const { intervalMs, mayBeHeld } = this.#options;
    if (hold === undefined) return mayBeHeld() ? 0 : intervalMs();
    if (tookMs >= hold.forMs * HELD_SHARE) return 0;
    const isNews =
      this.#said?.definitionsVersion !== hold.definitionsVersion ||
      this.#said.serverState !== hold.serverState;
    return Math.max(0, (isNews ? NEWS_REST_MS : intervalMs()) - tookMs);
  }

  #restMs(): number {
    const { chance } = this.#options.system;
    switch (this.#state.state) {
      case 'online':
        return this.#onlineRestMs;
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
    if (!this.online) this.#said = undefined;
    if (this.#state.state === before.state) return;
    const { state, lastError } = this.#state;
    system.log.info({ main: server.key, state, lastError }, 'a main server changed its state');
    if (this.online) this.#options.onOnline();
    this.#options.onState();
    // Whether it is gone shows at once.
    if (before.state === 'online') this.lookNow();
    // A screen that misses it sees the state at its next look; the announcement may fail.
    storage
      .announce({ kind: 'serverState', data: { serverKey: server.key, state } })
      .catch((error: unknown) => system.log.warn({ err: error }, 'a state was not announced'));
  }
}

/** Undefined as soon as the signal is aborted. */
function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
