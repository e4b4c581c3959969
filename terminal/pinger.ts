import type { Platform } from './platform.ts';
import type { RequestRouter } from './request-router.ts';
import type { RouterServer } from './routing.ts';
import type { Standing } from './server-health.ts';
import { FIRST_PING_MS, pingDelayMs } from './server-health.ts';

interface PingerParts {
  platform: Pick<Platform, 'clock' | 'timers' | 'chance'>;
  router: Pick<RequestRouter, 'servers' | 'healthOf' | 'pingServer' | 'changes'>;
  /** The longest pause between two pings of a server that is offline, ms. */
  intervalMs: number;
}

/** When a server is to be pinged, and for which standing that was decided. */
interface Due {
  atMs: number;
  standing: Standing;
}

/**
 * Pings the servers that are not online, each at its own time, one ping at a time for each: often at
 * first, then up to the interval of the definitions. Sleeps while all are online.
 */
export class Pinger {
  readonly #parts: PingerParts;
  readonly #due = new Map<string, Due>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #sleep = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: PingerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Resolves when no ping is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#sleep.abort();
    await this.#running;
    await Promise.all(this.#underWay.values());
  }

  async #run(): Promise<void> {
    const { platform, router, intervalMs } = this.#parts;
    const end = router.changes.subscribe(() => this.#sleep.abort());
    while (!this.#stop.signal.aborted) {
      // Made before looking, so that what changes meanwhile is not slept through.
      this.#sleep = new AbortController();
      const nextMs = this.#pingWhatIsDue();
      const pauseMs = Math.min(intervalMs, nextMs - platform.clock.nowMs());
      await platform.timers.pause(pauseMs, this.#sleep.signal);
    }
    end();
  }

  /** Returns when the next ping is due, epoch ms. */
  #pingWhatIsDue(): number {
    const { platform, router } = this.#parts;
    const nowMs = platform.clock.nowMs();
    let nextMs = Infinity;
    for (const server of router.servers) {
      const atMs = this.#dueAt(server, nowMs);
      if (atMs <= nowMs) this.#ping(server);
      else nextMs = Math.min(nextMs, atMs);
    }
    return nextMs;
  }

  #dueAt(server: RouterServer, nowMs: number): number {
    const { platform, router, intervalMs } = this.#parts;
    const { name } = server;
    const health = router.healthOf(server);
    const delayMs = pingDelayMs(health, { nowMs, intervalMs, chance: platform.chance.next() });
    if (delayMs === undefined) this.#due.delete(name);
    if (delayMs === undefined || this.#underWay.has(name)) return Infinity;
    const known = this.#due.get(name);
    // Farther away than any pause: the clock was set back.
    const isFar = known !== undefined && known.atMs - nowMs > Math.max(intervalMs, FIRST_PING_MS);
    if (known?.standing === health.standing && !isFar) return known.atMs;
    const atMs = Math.min(known?.atMs ?? Infinity, nowMs + delayMs);
    this.#due.set(name, { atMs, standing: health.standing });
    return atMs;
  }

  #ping(server: RouterServer): void {
    const { router } = this.#parts;
    this.#due.delete(server.name);
    const ping = router.pingServer(server).then(() => {
      this.#underWay.delete(server.name);
      this.#sleep.abort();
    });
    this.#underWay.set(server.name, ping);
  }
}
