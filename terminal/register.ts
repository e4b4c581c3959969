import type { JsonObject } from '../server/contract/json.ts';
import type { Book, BookEntry } from './book.ts';
import { expectedMinor, totalsOf } from './book.ts';
import type { Cart, Tender } from './cart.ts';
import type { CashContext } from './cash.ts';
import { cashupRecord, movementRecord } from './cash.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import { movedCustomer, newCustomer } from './customer.ts';
import { documentNumber } from './document-number.ts';
import { orderRecord } from './order-record.ts';
import type { Platform } from './platform.ts';
import type { TakenLine } from './returns.ts';
import { returnOf } from './returns.ts';
import { SERVICES } from './services.ts';
import type { Paid } from './tenders.ts';
import { payBack, settle } from './tenders.ts';
import type { CashEvent, PaymentMethod, TerminalSettings } from './terminal-settings.ts';
import { cashMethod, returnPrefix } from './terminal-settings.ts';
import type { PricingParts, Ticket, TicketFault } from './ticket.ts';
import { saleOf } from './ticket.ts';
import type { Done } from './till-api.ts';
import { orFault, TillFault } from './till-api.ts';

/** What a register works with. */
export interface RegisterParts {
  platform: Pick<Platform, 'clock' | 'ids'>;
  /** The till's book with everything that was taken so far. */
  book: () => Readonly<Book>;
  /** What the till knows now; master data may be replaced while it runs. */
  known: () => { settings: TerminalSettings; catalogue: Catalogue; userId: string };
  /** Puts a record on the till's disk and on its way to the servers. */
  take: (service: string, record: JsonObject, entry: BookEntry) => Promise<Done>;
}

/** A ticket that is on the till's disk. */
export interface RungUp {
  done: Done;
  ticket: Ticket;
  paid: Paid;
  record: JsonObject;
}

/** Minor units by the payment methods' search keys. */
type ByMethod = Readonly<Record<string, number>>;

/**
 * The cash register: what a cashier does, made into records. Each method resolves when its record is on
 * the till's disk and throws {@link TillFault} where it is not done; nothing was done then.
 */
export class Register {
  readonly #parts: RegisterParts;

  constructor(parts: RegisterParts) {
    this.#parts = parts;
  }

  /** Prices a cart as {@link sell} sells it now. The lines bear the keys of the cart's lines. */
  price(cart: Cart): Ticket | TicketFault {
    const keys = cart.lines.map(({ key }) => key).values();
    const head = { id: '', documentNo: '', atMs: this.#nowMs() };
    return saleOf(
      head,
      cart,
      this.#pricing(head.atMs, () => keys.next().value ?? ''),
    );
  }

  /** Sells a cart. */
  async sell(cart: Cart, tenders: readonly Tender[]): Promise<RungUp> {
    const { settings } = this.#parts.known();
    const counter = this.#nextNumber(settings.terminal.docNoPrefix);
    const head = this.#head(counter);
    const pricing = this.#pricing(head.atMs, () => this.#id());
    const ticket = orFault(saleOf(head, cart, pricing));
    const paid = orFault(settle(ticket.totals.grossMinor, tenders, settings));
    return await this.#ringUp(ticket, counter, paid);
  }

  /** Takes back lines of a sale and pays back by one method. */
  async takeBack(
    original: Ticket,
    lines: readonly TakenLine[],
    payBackWith: string,
  ): Promise<RungUp> {
    const { settings } = this.#parts.known();
    const counter = this.#nextNumber(returnPrefix(settings));
    const ticket = orFault(returnOf(this.#head(counter), original, lines, () => this.#id()));
    const paid = orFault(payBack(ticket.totals.grossMinor, payBackWith, settings));
    return await this.#ringUp(ticket, counter, paid);
  }

  /** Makes a customer, who can buy at once. */
  async createCustomer(wanted: NewCustomer): Promise<{ done: Done; customer: Customer }> {
    const { settings, catalogue } = this.#parts.known();
    const [id, locationId] = [this.#id(), this.#id()];
    const { customer, record } = newCustomer(
      wanted,
      {
        ...{ id, locationId, timezoneOffset: this.#timezoneOffset() },
        searchKey: `${settings.terminal.searchKey}-${id.slice(0, 8)}`,
      },
      { settings, model: this.#customer(settings.terminal.businessPartner) },
    );
    const done = await this.#customerRecord(SERVICES.customer, record, id);
    catalogue.customers.set(id, customer);
    return { done, customer };
  }

  /** Changes a customer's address for bills and goods. */
  async changeAddress(customerId: string, address: NewCustomer['address']): Promise<Customer> {
    const { settings, catalogue } = this.#parts.known();
    const { customer, records } = movedCustomer(this.#customer(customerId), address, {
      ...{ settings, newId: this.#id(), timezoneOffset: this.#timezoneOffset() },
    });
    for (const record of records) {
      await this.#customerRecord(SERVICES.customerAddress, record, customerId);
    }
    catalogue.customers.set(customerId, customer);
    return customer;
  }

  /** Puts cash into the drawer or takes it out. `reasonId` names an event of the settings; '' the first. */
  async moveCash(
    direction: 'deposit' | 'drop',
    amountMinor: number,
    reasonId: string,
  ): Promise<Done> {
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) {
      throw new TillFault('badAmount', `${amountMinor} is no amount of cash.`);
    }
    const context = this.#cashContext();
    const method = cashMethod(context.settings);
    const event = eventOf(direction, reasonId, context.settings);
    const id = this.#id();
    const record = movementRecord(
      { id, direction, amountMinor, event, method },
      this.#parts.book().cashup,
      context,
    );
    return await this.#parts.take(SERVICES.cashMovement, record, {
      ...entryOf('cashMovement', id, context.atMs),
      movement: { direction, method: method.payment.searchKey, amountMinor },
    });
  }

  /**
   * Closes the cash-up, naming its tickets, and opens the next. A method that was not counted counts as
   * it should be; `kept` is what stays in the drawer, of what was counted.
   */
  async cashUp(counted: ByMethod, kept: ByMethod): Promise<Done> {
    const context = this.#cashContext();
    const { cashup } = this.#parts.book();
    for (const key of new Set([...Object.keys(counted), ...Object.keys(kept)])) {
      const there = counted[key] ?? expectedMinor(totalsOf(cashup, key));
      checkCount(
        key,
        { counted: counted[key] ?? 0, kept: kept[key] ?? 0, there },
        context.settings,
      );
    }
    return await this.#parts.take(
      SERVICES.cashUp,
      cashupRecord(cashup, { counted, kept }, context),
      { ...entryOf('cashUp', cashup.id, context.atMs), kept: { ...kept } },
    );
  }

  async #ringUp(
    ticket: Ticket,
    counter: { prefix: string; number: number },
    paid: Paid,
  ): Promise<RungUp> {
    const { settings, userId } = this.#parts.known();
    const record = orderRecord(ticket, {
      ...{ settings, userId, paid },
      cashupId: this.#parts.book().cashup.id,
      nextId: () => this.#id(),
      timezoneOffset: this.#timezoneOffset(),
    });
    const { grossMinor, netMinor, rates } = ticket.totals;
    const done = await this.#parts.take(SERVICES.order, record, {
      ...entryOf(ticket.kind, ticket.id, ticket.atMs),
      ...{ documentNo: ticket.documentNo, grossMinor, counter },
      ticket: {
        netMinor,
        taxes: rates.map(({ rule, taxMinor }) => ({
          id: rule.id,
          name: ticket.lines.find(({ tax }) => tax.id === rule.id)?.tax.name ?? rule.id,
          amountMinor: taxMinor,
        })),
        payments: paid.payments.map(({ method, amountMinor }) => ({
          method: method.payment.searchKey,
          amountMinor,
        })),
      },
    });
    return { done, ticket, paid, record };
  }

  #customerRecord(service: string, record: JsonObject, id: string): Promise<Done> {
    return this.#parts.take(service, record, entryOf('customer', id, this.#nowMs()));
  }

  #pricing(atMs: number, nextId: () => string): PricingParts {
    const { settings, catalogue } = this.#parts.known();
    const local = new Date(atMs - this.#timezoneOffset() * 60_000).toISOString();
    return { settings, catalogue, nextId, day: local.slice(0, 10), time: local.slice(11, 19) };
  }

  #head({ prefix, number }: { prefix: string; number: number }) {
    return { id: this.#id(), documentNo: documentNumber(prefix, number), atMs: this.#nowMs() };
  }

  /** The number is used up when the message with it is taken. */
  #nextNumber(prefix: string): { prefix: string; number: number } {
    return { prefix, number: (this.#parts.book().counters[prefix] ?? 0) + 1 };
  }

  #customer(id: string): Customer {
    const customer = this.#parts.known().catalogue.customers.get(id);
    if (customer !== undefined) return customer;
    throw new TillFault('unknownCustomer', `This till knows no customer ${id}.`);
  }

  #cashContext(): CashContext {
    const { settings, userId } = this.#parts.known();
    return { settings, userId, atMs: this.#nowMs(), timezoneOffset: this.#timezoneOffset() };
  }

  /** UTC less local time, minutes. */
  #timezoneOffset(): number {
    return new Date(this.#nowMs()).getTimezoneOffset();
  }

  #nowMs(): number {
    return this.#parts.platform.clock.nowMs();
  }

  #id(): string {
    return this.#parts.platform.ids.next();
  }
}

function entryOf(kind: BookEntry['kind'], id: string, atMs: number): BookEntry {
  return { kind, id, documentNo: null, grossMinor: 0, atMs };
}

function checkCount(
  key: string,
  minor: { counted: number; kept: number; there: number },
  { payments }: TerminalSettings,
): void {
  if (!payments.some(({ payment }) => payment.searchKey === key)) {
    throw new TillFault('unknownMethod', `This till has no payment method ${key}.`);
  }
  const { counted, kept, there } = minor;
  const areAmounts = [counted, kept].every((each) => Number.isSafeInteger(each) && each >= 0);
  if (areAmounts && kept <= Math.max(0, there)) return;
  throw new TillFault('badCount', `More of ${key} is kept than was counted, or less than nothing.`);
}

function eventOf(
  direction: 'deposit' | 'drop',
  reasonId: string,
  settings: TerminalSettings,
): CashEvent {
  const { cashMgmtDepositEvents, cashMgmtDropEvents } = settings;
  const events = direction === 'deposit' ? cashMgmtDepositEvents : cashMgmtDropEvents;
  if (reasonId === '') return events[0] ?? eventWithoutName(direction, cashMethod(settings));
  const event = events.find(({ id }) => id === reasonId);
  if (event !== undefined) return event;
  throw new TillFault('unknownReason', `This till has no reason ${reasonId} for a ${direction}.`);
}

/** For an estate that names no reasons for cash movements. */
function eventWithoutName(direction: string, { payment, isocode }: PaymentMethod): CashEvent {
  return { id: direction, name: direction, paymentmethod: payment.id, isocode };
}
