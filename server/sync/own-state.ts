import { z } from 'zod';
import type { HeartbeatRequest, ServerState } from '../contract/heartbeat.ts';
import { forceState, lookAround, restBeforeLook, startedState } from '../core/own-state.ts';
import type { Contact, OwnState, OwnStateTimings } from '../core/own-state.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import { Loop } from './loop.ts';

/** The fact under which a manager's wish outlives a restart. */
const FACT = 'ownState';
const wishSchema = z.object({ to: z.enum(['online', 'offline']), reason: z.string() });

/** A manager's wish. */
export type StateWish = z.infer<typeof wishSchema>;

/** This server's own state as others are told of it. */
export interface OwnStatus {
  state: ServerState;
  /** Epoch ms of the wall clock. */
  sinceMs: number;
  reason: string;
  /** A manager's wish holds it offline. */
  forced: boolean;
}

export interface OwnStateOptions {
  system: System;
  storage: Pick<Storage, 'announce' | 'audit' | 'fact' | 'setFact'>;
  self: { key: string };
  /** What the server depends on, looked at now. */
  contact: () => Contact | Promise<Contact>;
  timings: () => OwnStateTimings;
  /** The state has changed, or a manager has wished for one. */
  onChange: () => void;
}

/** Keeps this server's own state: looks, lets core/own-state decide, and tells of each change. */
export class OwnStateKeeper {
  readonly #options: OwnStateOptions;
  readonly #loop: Loop;
  #state: OwnState;
  #sinceMs: number;
  #isRestored = false;

  constructor(options: OwnStateOptions) {
    const { clock } = options.system;
    this.#options = options;
    this.#state = startedState(clock.monotonicMs());
    this.#sinceMs = clock.nowMs();
    this.#loop = new Loop(options.system, 'own state', () => this.#look());
  }

  start(): void {
    this.#loop.start();
  }

  /** What it depends on may have changed. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  status(): OwnStatus {
    const { state, reason, forced } = this.#state;
    return { state, sinceMs: this.#sinceMs, reason, forced };
  }

  /** What goes into a heartbeat to a main. */
  about(): Partial<HeartbeatRequest> {
    const { key } = this.#options.self;
    const { state, sinceMs, reason } = this.status();
    return { serverKey: key, serverState: state, since: sinceMs, reason: reason.slice(0, 500) };
  }

  /** A manager's wish: kept and written to the audit before it takes effect. */
  async force(wish: StateWish, actor: string): Promise<void> {
    const { storage, self, system, onChange } = this.#options;
    await storage.setFact(FACT, { ...wish });
    await storage.audit({ actor, action: 'forceState', subject: self.key, detail: { ...wish } });
    this.#isRestored = true;
    this.#become(forceState(this.#state, wish, system.clock.monotonicMs()));
    onChange();
    this.#loop.wake();
  }

  async #look(): Promise<number> {
    if (!this.#isRestored) await this.#restore();
    const seen = await this.#options.contact();
    const nowMs = this.#options.system.clock.monotonicMs();
    this.#become(lookAround(this.#state, seen, nowMs, this.#options.timings()));
    return restBeforeLook(this.#state);
  }

  /** A wish for offline holds until it is taken back, also through a restart. */
  async #restore(): Promise<void> {
    const { storage, system } = this.#options;
    const wish = wishSchema.safeParse(await storage.fact(FACT)).data;
    if (this.#isRestored) return;
    this.#isRestored = true;
    if (wish?.to !== 'offline') return;
    this.#become(forceState(this.#state, wish, system.clock.monotonicMs()));
    this.#options.onChange();
  }

  #become(next: OwnState): void {
    const before = this.#state;
    this.#state = next;
    if (next.state === before.state && next.forced === before.forced) return;
    const { system, storage, self, onChange } = this.#options;
    const { state, reason } = next;
    this.#sinceMs = system.clock.nowMs();
    system.log.info({ state, reason }, 'this server changed its state');
    onChange();
    const since = new Date(this.#sinceMs).toISOString();
    // A screen that misses it sees the state at its next look; with a full disk it cannot be written.
    storage
      .announce({ kind: 'serverState', data: { serverKey: self.key, state, since, reason } })
      .catch((error: unknown) => system.log.warn({ err: error }, 'a state was not announced'));
  }
}
