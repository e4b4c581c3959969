import { CONTEXT_PATH } from '../server/contract/limits.ts';
import { expectedMinor, totalsOf } from './book.ts';
import type { Prepared } from './bootstrap.ts';
import { bootstrap, loadDefinitions } from './bootstrap.ts';
import { cartOf } from './cart.ts';
import type { Catalogue } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import { Delivery } from './delivery.ts';
import type { Probe } from './probe.ts';
import { probeServers } from './probe.ts';
import { MessageQueue } from './queue.ts';
import { Register } from './register.ts';
import { RequestRouter } from './request-router.ts';
import { wholeOf } from './returns.ts';
import { exactly } from './tenders.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { cashMethod, returnPrefix } from './terminal-settings.ts';
import type { Ticket } from './ticket.ts';
import type { Done, Purchase, TillOptions, TillState } from './till-api.ts';
import { orFault, TillFault } from './till-api.ts';

const PAGE_ROWS = 10_000;
/** Sales that the till can take back without asking a server. */
const RECENT_TICKETS = 200;
/** Between two tries to start while no server answers. */
const START_PAUSE_MS = 500;
/**
 * Refusals after which a till gives up. A new store server may not know the till's user for a moment,
 * and refused log-ins are counted.
 */
const MOST_REFUSALS = 3;
/** What stays in the drawer when it is closed, in whole units of the currency. */
const FLOAT_UNITS = 100;

/**
 * A till: what a cashier can do, as methods. Each resolves when it is on the till's own disk; whether a
 * server can be reached does not matter. Methods may be called while others are under way.
 */
export class Till {
  readonly #options: TillOptions;
  readonly #router: RequestRouter;
  readonly #queue: MessageQueue;
  readonly #register: Register;
  readonly #recent = new Map<string, Ticket>();
  #open: { prepared: Prepared; delivery: Delivery } | undefined;

  private constructor(options: TillOptions, queue: MessageQueue) {
    const { platform, terminalName, serverUrl } = options;
    this.#options = options;
    this.#queue = queue;
    this.#router = new RequestRouter({ platform, terminalName, origin: originOf(serverUrl) });
    this.#register = new Register({
      platform,
      book: () => queue.book,
      known: () => this.#ready().prepared,
      take: (service, record, entry) =>
        this.#ready().delivery.take(service, record, entry, {
          settings: this.settings,
          messageId: platform.ids.next(),
        }),
    });
  }

  /**
   * Starts a till: reads its queue, asks the server for everything, logs in. Tries until the deadline
   * while no server answers. Throws {@link TillFault} with the reason.
   */
  static async open(options: TillOptions, deadlineMs: number): Promise<Till> {
    const till = new Till(options, await MessageQueue.open(options.queueLog, options.platform));
    await till.#start(options.platform.clock.nowMs() + deadlineMs);
    return till;
  }

  get settings(): TerminalSettings {
    return this.#ready().prepared.settings;
  }

  get catalogue(): Catalogue {
    return this.#ready().prepared.catalogue;
  }

  /** Sales of this run that can be taken back, oldest first. */
  get recentTickets(): readonly Ticket[] {
    return [...this.#recent.values()];
  }

  /** Whether the open cash-up has counted anything. */
  get hasOpenSales(): boolean {
    const { ticketIds, movementIds } = this.#queue.book.cashup;
    return ticketIds.length + movementIds.length > 0;
  }

  state(): TillState {
    const { delivery } = this.#ready();
    return {
      ...this.#options.journal.totals(),
      unsent: delivery.unsent(),
      kept: this.#queue.size,
      parked: delivery.parked(),
      offline: this.#router.offline(),
      answeredBy: this.#router.sightings.watched(),
    };
  }

  /** Calls the listener when {@link state} may be different. Returns the way to end that. */
  subscribe(listener: () => void): () => void {
    return this.#ready().delivery.subscribe(listener);
  }

  /** Logs in anew and searches, only to see who answers. */
  probe(): Promise<Probe> {
    return probeServers(this.#router, this.settings, this.#options.credentials);
  }

  /** Sells a cart; the exact amount is paid. */
  async sell({ cart, payWith }: Purchase): Promise<Done> {
    const { settings } = this.#ready().prepared;
    const { totals } = orFault(this.#register.price(cart));
    const tenders = exactly(totals.grossMinor, payWith, settings);
    const { done, ticket } = await this.#register.sell(cart, tenders);
    this.#remember(ticket);
    return done;
  }

  /** Sells products in cash and resolves when a server has the ticket. */
  async sellLines(lines: readonly { productId: string; quantity: number }[]): Promise<Done> {
    const done = await this.sell({ cart: cartOf(lines) });
    await done.accepted;
    return done;
  }

  /** Takes back a whole sale of this run and pays back in cash. */
  async returnTicket(ticketId: string): Promise<Done> {
    const { settings } = this.#ready().prepared;
    const original = this.#recent.get(ticketId);
    if (original === undefined) {
      throw new TillFault('noTicket', `This till sold no ticket ${ticketId}.`);
    }
    // What was taken back cannot be taken back again.
    this.#recent.delete(ticketId);
    const { searchKey } = cashMethod(settings).payment;
    return (await this.#register.takeBack(original, wholeOf(original), searchKey)).done;
  }

  /** Makes a customer, who can buy at once; `id` is the customer's. */
  async createCustomer(wanted: NewCustomer): Promise<Done> {
    return (await this.#register.createCustomer(wanted)).done;
  }

  /** Puts cash into the drawer or takes it out; minor units above 0. */
  moveCash(direction: 'deposit' | 'drop', amountMinor: number): Promise<Done> {
    return this.#register.moveCash(direction, amountMinor, '');
  }

  /** Closes the cash-up with everything as it should be, and leaves a float in the drawer. */
  async cashUp(): Promise<Done> {
    const { settings } = this.#ready().prepared;
    const { cashup } = this.#queue.book;
    const cash = cashMethod(settings).payment.searchKey;
    const floatMinor = FLOAT_UNITS * 10 ** settings.currency.obposPosprecision;
    const thereMinor = Math.max(0, expectedMinor(totalsOf(cashup, cash)));
    return await this.#register.cashUp({}, { [cash]: Math.min(floatMinor, thereMinor) });
  }

  /** One heartbeat now, besides those that come by themselves. */
  async heartbeat(): Promise<void> {
    await this.#ready().delivery.beat();
  }

  /** Resolves when every message is confirmed (true), or at the deadline (false). */
  async settled(deadlineMs: number): Promise<boolean> {
    const { timers, clock } = this.#options.platform;
    const endMs = clock.nowMs() + deadlineMs;
    while (this.#queue.size > 0 && clock.nowMs() < endMs) {
      await this.heartbeat();
      if (this.#queue.size > 0) await timers.pause(this.#options.heartbeatMs);
    }
    return this.#queue.size === 0;
  }

  /** Stops sending, logs out where a server can be reached, and leaves everything on the disk. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.delivery.stop();
    await this.#router.logOut();
    await this.#queue.idle();
  }

  async #start(endMs: number): Promise<void> {
    const { platform, pageRows = PAGE_ROWS } = this.#options;
    for (let refusals = 0; ;) {
      const prepared = await bootstrap(this.#router, this.#options, {
        pageRows,
        nowMs: () => platform.clock.nowMs(),
      });
      if (!('message' in prepared)) return this.#begin(prepared);
      if (!prepared.passing) refusals += 1;
      if (refusals >= MOST_REFUSALS || platform.clock.nowMs() >= endMs) {
        throw new TillFault('cannotStart', prepared.message);
      }
      platform.log({ reason: prepared.message }, 'the till cannot start yet');
      await platform.timers.pause(START_PAUSE_MS * 2 ** refusals);
    }
  }

  async #begin(prepared: Prepared): Promise<void> {
    const { terminal } = prepared.settings;
    this.#queue.raiseCounter(terminal.docNoPrefix, terminal.lastDocumentNumber);
    this.#queue.raiseCounter(returnPrefix(prepared.settings), terminal.lastReturnDocumentNumber);
    const { platform, journal, heartbeatMs, appVersion } = this.#options;
    const delivery = new Delivery({
      ...{ platform, journal, heartbeatMs, appVersion },
      router: this.#router,
      queue: this.#queue,
      terminalId: terminal.id,
      intervals: prepared.intervals,
      reloadDefinitions: async () => {
        await loadDefinitions(this.#router, this.#options.terminalName);
      },
    });
    this.#open = { prepared, delivery };
    await delivery.start();
  }

  #remember(ticket: Ticket): void {
    this.#recent.set(ticket.id, ticket);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > RECENT_TICKETS && oldest !== undefined) this.#recent.delete(oldest);
  }

  #ready(): { prepared: Prepared; delivery: Delivery } {
    if (this.#open === undefined) throw new TillFault('notOpen', 'The till is not open.');
    return this.#open;
  }
}

/** The address with the context path. */
export function originOf(serverUrl: string): string {
  const url = serverUrl.replace(/\/+$/, '');
  return new URL(url).pathname === '/' ? `${url}${CONTEXT_PATH}` : url;
}
