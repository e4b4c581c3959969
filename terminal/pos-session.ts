import type { JsonObject } from '../server/contract/json.ts';
import type { BookEntry } from './book.ts';
import { cashUpSoFar } from './cash-up-so-far.ts';
import type { Cart, Tender } from './cart.ts';
import type { Catalogue, Customer } from './catalogue.ts';
import { Changes } from './changes.ts';
import type { NewCustomer } from './customer.ts';
import type { Delivery } from './delivery.ts';
import type { Cashier, Keeping, SuspendedCart } from './keeping.ts';
import type { Platform } from './platform.ts';
import { PosCustomers } from './pos-customers.ts';
import { PosReceipts } from './pos-receipts.ts';
import { statusOf } from './pos-status.ts';
import type {
  CashUpSoFar,
  FoundReceipt,
  OpenedReceipt,
  PosStatus,
  PosTill,
  SoldTicket,
} from './pos-till.ts';
import type { MessageQueue } from './queue.ts';
import type { RungUp } from './register.ts';
import { Register } from './register.ts';
import type { RequestRouter } from './request-router.ts';
import { inTime, ServerQuestions } from './server-questions.ts';
import { commonParameters } from './bootstrap.ts';
import type { Stock } from './stock.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import type { Ticket, TicketFault } from './ticket.ts';
import type { Done } from './till-api.ts';
import { TillFault } from './till-api.ts';

export interface SessionParts {
  platform: Platform;
  router: RequestRouter;
  queue: MessageQueue;
  delivery: Delivery;
  keeping: Keeping;
  stock: Stock;
  settings: TerminalSettings;
  cashier: Cashier;
  /** The browser keeps nothing: what no server has is lost with the window. */
  isVolatile: boolean;
  /** Called once, when the cashier leaves. */
  onLogOut: () => Promise<void>;
}

/** Where nothing is kept, a sale is done when a server has it; a cashier waits no longer for that. */
const TAKEN_MS = 10_000;
const KEEPS_NOTHING =
  'This browser keeps nothing, so this till sells only while a server answers. Use an ordinary window, not a private one.';
const ONLY_HERE =
  'A sale is in this window only. Keep the window open until no sale waits any more: it is sent as soon as a server answers.';

/** A cashier's session at a Web POS. */
export class PosSession implements PosTill {
  readonly settings: TerminalSettings;
  readonly cashier: Cashier;
  readonly #parts: SessionParts;
  readonly #changes = new Changes();
  readonly #register: Register;
  readonly #customers: PosCustomers;
  readonly #receipts: PosReceipts;
  readonly #ends: (() => void)[];
  #status: { text: string; status: PosStatus } | undefined;
  #storeFault: string | null = null;
  #isOver = false;

  constructor(parts: SessionParts) {
    const { platform, router, queue, delivery, keeping, stock, settings, cashier } = parts;
    this.#parts = parts;
    this.settings = settings;
    this.cashier = cashier;
    const ask = new ServerQuestions({
      ...{ router, timers: platform.timers, common: commonParameters(settings) },
    });
    const known = () => ({ settings, catalogue: stock.catalogue, userId: cashier.userId });
    this.#register = new Register({
      ...{ platform, known, book: () => queue.book },
      take: (service, record, entry) => this.#take(service, record, entry),
    });
    this.#customers = new PosCustomers({ register: this.#register, stock, ask });
    this.#receipts = new PosReceipts({ archive: keeping.archive, ask, known });
    const tell = (): void => this.#changes.tell();
    this.#ends = [delivery.subscribe(tell), stock.changes.subscribe(tell)];
  }

  get catalogue(): Catalogue {
    return this.#parts.stock.catalogue;
  }

  status(): PosStatus {
    const status = statusOf({ ...this.#parts, storeFault: this.#storeFault });
    const text = JSON.stringify(status);
    if (this.#status?.text !== text) this.#status = { text, status };
    return this.#status.status;
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  price(cart: Cart): Ticket | TicketFault {
    return this.#register.price(cart);
  }

  async sell(cart: Cart, tenders: readonly Tender[]): Promise<SoldTicket> {
    return this.#soldOf(await this.#register.sell(cart, tenders));
  }

  findReceipts(text: string): Promise<FoundReceipt[]> {
    return this.#receipts.find(text);
  }

  openReceipt(found: FoundReceipt): Promise<OpenedReceipt> {
    return this.#receipts.open(found);
  }

  takeBack(
    { found }: OpenedReceipt,
    lines: readonly { lineId: string; quantity: number }[],
    payBackWith: string,
  ): Promise<SoldTicket> {
    return this.#receipts.takeBack(found, lines, async (ticket, taken) => {
      const rungUp = await this.#register.takeBack(ticket, taken, payBackWith);
      const { record, ticket: returned } = rungUp;
      return { id: returned.id, record, result: this.#soldOf(rungUp) };
    });
  }

  findCustomers(text: string): Promise<Customer[]> {
    return this.#customers.find(text);
  }

  createCustomer(wanted: NewCustomer): Promise<Customer> {
    return this.#customers.create(wanted);
  }

  changeAddress(customerId: string, address: NewCustomer['address']): Promise<Customer> {
    return this.#customers.changeAddress(customerId, address);
  }

  async suspend(cart: Cart, note: string): Promise<void> {
    const { platform, keeping } = this.#parts;
    const atMs = platform.clock.nowMs();
    await keeping.suspended.put({ id: platform.ids.next(), note, atMs, cart });
  }

  suspended(): Promise<SuspendedCart[]> {
    return this.#parts.keeping.suspended.list();
  }

  async resume(id: string): Promise<Cart> {
    const found = (await this.suspended()).find((each) => each.id === id);
    if (found === undefined) {
      throw new TillFault(
        'noSuspended',
        'The ticket was taken up already, perhaps in another window.',
      );
    }
    await this.#parts.keeping.suspended.remove(id);
    return found.cart;
  }

  moveCash(direction: 'deposit' | 'drop', amountMinor: number, reasonId: string): Promise<Done> {
    return this.#register.moveCash(direction, amountMinor, reasonId);
  }

  cashUpSoFar(): CashUpSoFar {
    return cashUpSoFar(this.#parts.queue.book.cashup, this.settings);
  }

  cashUp(
    counted: Readonly<Record<string, number>>,
    kept: Readonly<Record<string, number>>,
  ): Promise<Done> {
    return this.#register.cashUp(counted, kept);
  }

  async logOut(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const end of this.#ends) end();
    await this.#parts.onLogOut();
  }

  async #take(service: string, record: JsonObject, entry: BookEntry): Promise<Done> {
    if (this.#isOver) throw new TillFault('notOpen', 'Nobody is logged in at this till any more.');
    const { delivery, platform, isVolatile } = this.#parts;
    if (isVolatile && this.status().server === null) {
      throw new TillFault('storeFault', KEEPS_NOTHING);
    }
    try {
      const head = { settings: this.settings, messageId: platform.ids.next() };
      const done = await delivery.take(service, record, entry, head);
      this.#setStoreFault(isVolatile ? await this.#lackOfServer(done) : null);
      return done;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#setStoreFault(reason);
      throw new TillFault('storeFault', reason, { cause });
    }
  }

  /** Waits until a server has the record; in words, where none takes it in time. */
  async #lackOfServer({ accepted }: Done): Promise<string | null> {
    const taken = accepted.then(() => true);
    return (await inTime(this.#parts.platform.timers, taken, TAKEN_MS)) === true ? null : ONLY_HERE;
  }

  #setStoreFault(reason: string | null): void {
    if (this.#storeFault === reason) return;
    this.#storeFault = reason;
    this.#changes.tell();
  }

  #soldOf({ done, ticket, paid, record }: RungUp): SoldTicket {
    const { kind, documentNo, atMs } = ticket;
    return {
      ...{ done, ticket, changeMinor: paid.changeMinor },
      receipt: {
        ...{ messageId: done.messageId, ticketId: ticket.id, documentNo, kind, atMs, record },
        customerName: ticket.customer.row.name,
        grossMinor: ticket.totals.grossMinor,
        where: this.#parts.queue.whereIs(done.messageId) ?? 'till',
      },
    };
  }
}
