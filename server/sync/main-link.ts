import type { MobileServer } from '../contract/definitions.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { MainStatus } from '../contract/manage.ts';
import { offeredServices } from '../core/servers.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { Upstream } from '../upstream/ports.ts';
import { Forwarder } from './forwarder.ts';
import type { Routing } from './forwarder.ts';
import { Presence } from './presence.ts';

/** How long a call under way may still take when this server stops, ms. */
const GRACE_MS = 2_000;

export interface MainLinkOptions {
  server: MobileServer;
  upstream: Upstream;
  storage: Storage;
  system: System;
  self: { key: string; version: string };
  routing: () => Routing;
  about: () => Partial<HeartbeatRequest> | Promise<Partial<HeartbeatRequest>>;
  heartbeatIntervalMs: () => number;
  onOnline: () => void;
  onState: () => void;
  onHeartbeat: (answer: HeartbeatAnswer) => void;
}

/** Everything that belongs to one main: the client, the watch on it, and the forwarder to it. */
export class MainLink {
  /** The main's definition; its name and services may change while the link stands. */
  server: MobileServer;
  readonly upstream: Upstream;
  readonly presence: Presence;
  readonly forwarder: Forwarder;
  readonly #system: System;
  /** What the main said in its last heartbeat that it has to pass on, and what it had been given by then. */
  #owed: { passingOn: Readonly<Record<string, number>>; taken: number } | undefined;

  constructor(options: MainLinkOptions) {
    const { server, upstream, system } = options;
    this.server = server;
    this.upstream = upstream;
    this.#system = system;
    let takenBefore = 0;
    this.presence = new Presence({
      ...options,
      intervalMs: options.heartbeatIntervalMs,
      // What a main has passed on is no news to it, and others wait for that.
      mayBeHeld: () => options.routing().groups.length === 0 || !this.mayOwe(),
      about: () => {
        takenBefore = this.forwarder.takenForGroups;
        return options.about();
      },
      onHeartbeat: (answer) => {
        this.#owed = { passingOn: answer.passingOn ?? {}, taken: takenBefore };
        options.onHeartbeat(answer);
      },
      onOnline: () => {
        this.forwarder.wake();
        options.onOnline();
      },
    });
    this.forwarder = new Forwarder({ ...options, presence: this.presence });
  }

  start(): void {
    this.presence.start();
    this.forwarder.start();
  }

  /**
   * Whether this main may still have to pass on to another (or to any) what it was given in that one's
   * place, so that newer messages would overtake it there. One that is offline is not waited for.
   */
  mayOwe(key?: string): boolean {
    if (this.presence.declaredOffline || this.presence.status().backroom === false) return false;
    if (this.#owed === undefined) return true;
    const { passingOn, taken } = this.#owed;
    const counts = key === undefined ? Object.values(passingOn) : [passingOn[key] ?? 0];
    return counts.some((count) => count > 0) || taken !== this.forwarder.takenForGroups;
  }

  /** Lets the call under way end, within a short grace; what is not answered then goes back in line. */
  async stop(): Promise<void> {
    const watched = this.presence.stop();
    const forwarded = this.forwarder.stop();
    const forwardedEarly = new AbortController();
    await Promise.race([forwarded, this.#system.timers.pause(GRACE_MS, forwardedEarly.signal)]);
    forwardedEarly.abort();
    await this.upstream.close();
    await Promise.all([watched, forwarded]);
  }

  /** Whether the main is defined to offer a service that no module here declares. */
  offers(service: string): boolean {
    const undeclared = {
      name: service,
      module: '',
      routingType: 'Failover',
      timeoutMs: 1,
    } as const;
    return offeredServices(this.server, [undeclared]).length > 0;
  }

  status(): Omit<MainStatus, 'waiting'> {
    const { key, name, url } = this.server;
    return { key, name, url, ...this.presence.status() };
  }
}
