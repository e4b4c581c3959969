import type { Platform } from './platform.ts';
import type { Credentials, Session } from './session.ts';

/** What a server said to a log-in. `refused`: it was asked and said no; else none could be asked. */
export type LogIn =
  { ok: true; session: Session; server: string } | { ok: false; refused: boolean; message: string };

/** How the keeper reaches the servers. */
export interface SessionDoor {
  logIn(credentials: Credentials): Promise<LogIn>;
  /** A new token for the one that is had; undefined where no server gave one. */
  refresh(): Promise<string | undefined>;
  /** The session or its fault is another. */
  changed(): void;
}

/** After a renewal that went well, the next may follow so soon at the earliest. */
const LEAST_GAP_MS = 5_000;
/** After one that failed because no server could be asked: doubling with each. */
const UNREACHABLE_GAP = { firstMs: 1_000, capMs: 30_000 };
/** After one that was refused: servers count refusals and lock a user out. */
const REFUSED_GAP = { firstMs: 10_000, capMs: 5 * 60_000 };

const NOBODY = 'nobody has logged in at a server yet';

/**
 * Keeps the session of whoever works at the till: one renewal at a time, never a storm of them, and no
 * renewal that fails takes anything away: the token that is there stays until a better one comes.
 */
export class SessionKeeper {
  readonly #clock: Platform['clock'];
  readonly #door: SessionDoor;
  #session: Session | undefined;
  #credentials: Credentials | undefined;
  #fault: string | null = NOBODY;
  #renewal: Promise<boolean> | undefined;
  #failures = 0;
  #notBeforeMs = 0;
  #askedAtMs = 0;

  constructor(clock: Platform['clock'], door: SessionDoor) {
    this.#clock = clock;
    this.#door = door;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Why there is no session, or why it could not be renewed; null while it is good. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Whether a renewal could mend something. */
  get isWanting(): boolean {
    return this.#fault !== null && (this.#session ?? this.#credentials) !== undefined;
  }

  /** Logs in now. What was there stays when that fails. */
  async logIn(credentials: Credentials): Promise<LogIn> {
    const login = await this.#door.logIn(credentials);
    if (login.ok) {
      this.#credentials = credentials;
      this.#notBeforeMs = 0;
      this.#take(login.session);
    }
    return login;
  }

  /** Somebody whom the till knows works here while no server answers: the next renewal logs them in. */
  adopt(credentials: Credentials): void {
    this.#credentials = credentials;
    this.#session = undefined;
    this.#failures = 0;
    this.#notBeforeMs = 0;
    this.#fault = NOBODY;
    this.#door.changed();
  }

  /** A server took the session: it is good, whatever became of its renewal. */
  worked(token: string | undefined): void {
    if (this.#fault === null || token === undefined || token !== this.#session?.token) return;
    this.#fault = null;
    this.#door.changed();
  }

  /** Gets a new token; a log-in where that fails. False where it failed, or where it is too soon. */
  renew(): Promise<boolean> {
    if (this.#renewal === undefined && this.#isTooSoon()) return Promise.resolve(false);
    this.#askedAtMs = this.#clock.nowMs();
    this.#renewal ??= this.#renewOnce().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  clear(): void {
    this.#session = undefined;
    this.#credentials = undefined;
    this.#fail(NOBODY);
  }

  /** Never true for longer than the gap, whatever the clock does. */
  #isTooSoon(): boolean {
    const nowMs = this.#clock.nowMs();
    return nowMs >= this.#askedAtMs && nowMs < this.#notBeforeMs;
  }

  async #renewOnce(): Promise<boolean> {
    const before = this.#session;
    const token = before === undefined ? undefined : await this.#door.refresh();
    // Who works here may have changed meanwhile.
    if (this.#session !== before) return this.#session !== undefined;
    if (before !== undefined && token !== undefined) {
      this.#take({ ...before, token, sinceMs: this.#clock.nowMs() });
      this.#wait(LEAST_GAP_MS);
      return true;
    }
    const credentials = this.#credentials;
    const login: LogIn =
      credentials === undefined
        ? { ok: false, refused: true, message: 'nobody is logged in who could renew the session' }
        : await this.#door.logIn(credentials);
    if (this.#session !== before || this.#credentials !== credentials) return false;
    if (login.ok) {
      this.#take(login.session);
      this.#wait(LEAST_GAP_MS);
      return true;
    }
    this.#failures += 1;
    const { firstMs, capMs } = login.refused ? REFUSED_GAP : UNREACHABLE_GAP;
    this.#wait(Math.min(capMs, firstMs * 2 ** (this.#failures - 1)));
    this.#fail(login.message);
    return false;
  }

  #wait(gapMs: number): void {
    this.#notBeforeMs = this.#clock.nowMs() + gapMs;
  }

  #take(session: Session): void {
    this.#session = session;
    this.#fault = null;
    this.#failures = 0;
    this.#door.changed();
  }

  #fail(fault: string): void {
    const isNew = this.#fault !== fault;
    this.#fault = fault;
    if (isNew) this.#door.changed();
  }
}
