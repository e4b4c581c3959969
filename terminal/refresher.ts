import type { Platform } from './platform.ts';
import { repeat } from './repeat.ts';
import type { RequestRouter } from './request-router.ts';
import type { Stock } from './stock.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** Where the terminal does not say how often. */
const DEFAULT_MINUTES = 10;
/** Servers that come and go do not make a till load again and again. */
const LEAST_GAP_MS = 60_000;

interface RefresherParts {
  platform: Platform;
  router: Pick<RequestRouter, 'changes' | 'session'>;
  stock: Stock;
  settings: TerminalSettings;
  /** After each load that went well. */
  onRefreshed: () => Promise<void>;
}

/** Brings the master data up to date while a cashier sells: every few minutes, and when a server is back. */
export class Refresher {
  readonly #parts: RefresherParts;
  #stops: (() => Promise<void>)[] = [];
  #triedAtMs = 0;

  constructor(parts: RefresherParts) {
    this.#parts = parts;
  }

  start(): void {
    const { platform, router, settings } = this.#parts;
    const minutes = settings.terminal.terminalType.minutestorefreshdatainc ?? DEFAULT_MINUTES;
    const everyMs = Math.max(LEAST_GAP_MS, minutes * 60_000);
    const end = router.changes.subscribe((change) => {
      if (change === 'returned' || change === 'session') void this.#refresh();
    });
    this.#stops = [
      repeat(platform, everyMs, () => this.#refresh()),
      () => {
        end();
        return Promise.resolve();
      },
    ];
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  async #refresh(): Promise<void> {
    const { platform, router, stock, onRefreshed } = this.#parts;
    const nowMs = platform.clock.nowMs();
    const isSoon = Math.abs(nowMs - Math.max(stock.loadedAtMs, this.#triedAtMs)) < LEAST_GAP_MS;
    if (router.session === undefined || isSoon) return;
    this.#triedAtMs = nowMs;
    if ((await stock.refresh()) === null) await onRefreshed();
  }
}
