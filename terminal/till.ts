import { CONTEXT_PATH } from '../server/contract/limits.ts';
import type { BookEntry } from './book.ts';
import { expectedMinor, totalsOf } from './book.ts';
import type { Prepared } from './bootstrap.ts';
import { bootstrap, loadDefinitions } from './bootstrap.ts';
import type { CashContext } from './cash.ts';
import { cashupRecord, movementRecord } from './cash.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import { newCustomer } from './customer.ts';
import { Delivery } from './delivery.ts';
import { documentNumber } from './document-number.ts';
import { orderRecord } from './order-record.ts';
import type { Probe } from './probe.ts';
import { probeServers } from './probe.ts';
import { MessageQueue } from './queue.ts';
import { RequestRouter } from './request-router.ts';
import { SERVICES } from './services.ts';
import type { PaymentMethod, TerminalSettings } from './terminal-settings.ts';
import { cashMethod, returnPrefix } from './terminal-settings.ts';
import type { Basket, Done, TillOptions, TillState } from './till-api.ts';
import { TillFault } from './till-api.ts';
import type { BasketLine, Ticket } from './ticket.ts';
import { returnOf, saleOf } from './ticket.ts';

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
  readonly #recent = new Map<string, Ticket>();
  #open: { prepared: Prepared; delivery: Delivery } | undefined;

  private constructor(options: TillOptions, queue: MessageQueue) {
    const { platform, terminalName, serverUrl } = options;
    this.#options = options;
    this.#queue = queue;
    this.#router = new RequestRouter({ platform, terminalName, origin: originOf(serverUrl) });
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

  /** Logs in anew and searches, only to see who answers. */
  probe(): Promise<Probe> {
    return probeServers(this.#router, this.settings, this.#options.credentials);
  }

  /** Sells a basket. */
  async sell(basket: Basket): Promise<Done> {
    const { settings, catalogue } = this.#ready().prepared;
    const number = this.#nextNumber(settings.terminal.docNoPrefix);
    const ticket = saleOf(
      {
        ...this.#head(number),
        customer: this.#customer(basket.customerId),
        priceIncludesTax: settings.pricelist.priceIncludesTax,
      },
      basket.lines,
      { catalogue, context: this.#saleContext(basket), nextId: () => this.#id() },
    );
    if ('code' in ticket) throw new TillFault(ticket.code, ticket.message);
    const method =
      settings.payments.find(({ payment }) => payment.searchKey === basket.payWith) ??
      cashMethod(settings);
    const tenderedMinor = Math.max(basket.tenderedMinor ?? 0, ticket.totals.grossMinor);
    this.#remember(ticket);
    return await this.#recordTicket(ticket, number, { method, tenderedMinor });
  }

  /** Sells lines in cash and resolves when a server has the ticket. */
  async sellLines(lines: readonly BasketLine[]): Promise<Done> {
    const done = await this.sell({ lines });
    await done.accepted;
    return done;
  }

  /** Takes back lines of a sale of this run, all of them where none are named, and pays back in cash. */
  async returnTicket(ticketId: string, lineIds?: readonly string[]): Promise<Done> {
    const { settings } = this.#ready().prepared;
    const original = this.#recent.get(ticketId);
    if (original === undefined) {
      throw new TillFault('noTicket', `This till sold no ticket ${ticketId}.`);
    }
    const number = this.#nextNumber(returnPrefix(settings));
    const wanted = lineIds ?? original.lines.map((line) => line.id);
    const ticket = returnOf(this.#head(number), original, wanted, () => this.#id());
    if ('code' in ticket) throw new TillFault(ticket.code, ticket.message);
    // What was taken back cannot be taken back again.
    this.#recent.delete(ticketId);
    const method = cashMethod(settings);
    const tenderedMinor = ticket.totals.grossMinor;
    return await this.#recordTicket(ticket, number, { method, tenderedMinor });
  }

  /** Makes a customer, who can buy at once; `id` is the customer's. */
  async createCustomer(wanted: NewCustomer): Promise<Done> {
    const { settings, catalogue } = this.#ready().prepared;
    const [id, locationId] = [this.#id(), this.#id()];
    const { customer, record } = newCustomer(
      wanted,
      {
        id,
        locationId,
        searchKey: `${settings.terminal.searchKey}-${id.slice(0, 8)}`,
        timezoneOffset: this.#timezoneOffset(),
      },
      { settings, model: this.#customer(undefined) },
    );
    catalogue.customers.set(id, customer);
    return await this.#record(SERVICES.customer, record, {
      kind: 'customer',
      id,
      documentNo: null,
      grossMinor: 0,
      atMs: this.#nowMs(),
    });
  }

  /** Puts cash into the drawer or takes it out; minor units above 0. */
  async moveCash(direction: 'deposit' | 'drop', amountMinor: number): Promise<Done> {
    const context = this.#cashContext();
    const { settings } = context;
    const method = cashMethod(settings);
    const events = {
      deposit: settings.cashMgmtDepositEvents,
      drop: settings.cashMgmtDropEvents,
    }[direction];
    const event = events[0] ?? eventWithoutName(direction, method);
    const id = this.#id();
    const record = movementRecord(
      { id, direction, amountMinor, event, method },
      this.#queue.book.cashup,
      context,
    );
    return await this.#record(SERVICES.cashMovement, record, {
      kind: 'cashMovement',
      id,
      documentNo: null,
      grossMinor: 0,
      atMs: context.atMs,
      movement: { direction, method: method.payment.searchKey, amountMinor },
    });
  }

  /** Closes the cash-up, naming its tickets, and opens the next. */
  async cashUp(): Promise<Done> {
    const context = this.#cashContext();
    const { cashup } = this.#queue.book;
    const cash = cashMethod(context.settings).payment.searchKey;
    const floatMinor = FLOAT_UNITS * 10 ** context.settings.currency.obposPosprecision;
    const kept = {
      [cash]: Math.min(floatMinor, Math.max(0, expectedMinor(totalsOf(cashup, cash)))),
    };
    return await this.#record(SERVICES.cashUp, cashupRecord(cashup, kept, context), {
      kind: 'cashUp',
      id: cashup.id,
      documentNo: null,
      grossMinor: 0,
      atMs: context.atMs,
      kept,
    });
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
      const prepared = await bootstrap(this.#router, this.#options, pageRows);
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

  #recordTicket(
    ticket: Ticket,
    counter: { prefix: string; number: number },
    paid: { method: PaymentMethod; tenderedMinor: number },
  ): Promise<Done> {
    const { settings, userId } = this.#ready().prepared;
    const record = orderRecord(ticket, {
      settings,
      userId,
      cashupId: this.#queue.book.cashup.id,
      payment: { id: this.#id(), ...paid },
      timezoneOffset: this.#timezoneOffset(),
    });
    const { grossMinor, netMinor, rates } = ticket.totals;
    return this.#record(SERVICES.order, record, {
      kind: ticket.kind,
      id: ticket.id,
      documentNo: ticket.documentNo,
      grossMinor,
      atMs: ticket.atMs,
      counter,
      ticket: {
        netMinor,
        taxes: rates.map(({ rule, taxMinor }) => ({
          id: rule.id,
          name: ticket.lines.find(({ tax }) => tax.id === rule.id)?.tax.row.name ?? rule.id,
          amountMinor: taxMinor,
        })),
        payments: [{ method: paid.method.payment.searchKey, amountMinor: grossMinor }],
      },
    });
  }

  #record(service: string, record: object, entry: BookEntry): Promise<Done> {
    return this.#ready().delivery.take(service, record as Parameters<Delivery['take']>[1], entry, {
      settings: this.settings,
      messageId: this.#id(),
    });
  }

  #head(counter: { prefix: string; number: number }) {
    return {
      id: this.#id(),
      documentNo: documentNumber(counter.prefix, counter.number),
      atMs: this.#nowMs(),
    };
  }

  /** The number is used up when the message with it is taken. */
  #nextNumber(prefix: string): { prefix: string; number: number } {
    return { prefix, number: (this.#queue.book.counters[prefix] ?? 0) + 1 };
  }

  #customer(id: string | undefined): Customer {
    const { settings, catalogue } = this.#ready().prepared;
    const wanted = id ?? settings.terminal.businessPartner;
    const customer = catalogue.customers.get(wanted);
    if (customer !== undefined) return customer;
    throw new TillFault('unknownCustomer', `This till knows no customer ${wanted}.`);
  }

  #saleContext({ customerId }: Basket) {
    const { settings } = this.#ready().prepared;
    const { row } = this.#customer(customerId);
    const local = new Date(this.#nowMs() - this.#timezoneOffset() * 60_000).toISOString();
    return {
      partnerId: row.id,
      partnerCategoryId: row.businessPartnerCategory ?? null,
      priceListId: settings.pricelist.id,
      day: local.slice(0, 10),
      time: local.slice(11, 19),
      precision: settings.currency.obposPosprecision,
    };
  }

  #cashContext(): CashContext {
    const { settings, userId } = this.#ready().prepared;
    return { settings, userId, atMs: this.#nowMs(), timezoneOffset: this.#timezoneOffset() };
  }

  #remember(ticket: Ticket): void {
    this.#recent.set(ticket.id, ticket);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > RECENT_TICKETS && oldest !== undefined) this.#recent.delete(oldest);
  }

  /** UTC less local time, minutes. */
  #timezoneOffset(): number {
    return new Date(this.#nowMs()).getTimezoneOffset();
  }

  #nowMs(): number {
    return this.#options.platform.clock.nowMs();
  }

  #id(): string {
    return this.#options.platform.ids.next();
  }

  #ready(): { prepared: Prepared; delivery: Delivery } {
    if (this.#open === undefined) throw new TillFault('notOpen', 'The till is not open.');
    return this.#open;
  }
}

/** The address with the context path. */
function originOf(serverUrl: string): string {
  const url = serverUrl.replace(/\/+$/, '');
  return new URL(url).pathname === '/' ? `${url}${CONTEXT_PATH}` : url;
}

/** For an estate that names no reasons for cash movements. */
function eventWithoutName(direction: string, { payment, isocode }: PaymentMethod) {
  return { id: direction, name: direction, paymentmethod: payment.id, isocode };
}
