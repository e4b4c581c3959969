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

  constructor(options: MainLinkOptions) {
    const { server, upstream, system } = options;
    this.server = server;
    this.upstream = upstream;
    this.#system = system;
    this.presence = new Presence({
      ...options,
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
