import type { JsonObject } from '../../../server/contract/json.ts';
import type { Book } from '../../../terminal/book.ts';
import { enter, newBook } from '../../../terminal/book.ts';
import type { Cart, Tender } from '../../../terminal/cart.ts';
import { cashUpSoFar } from '../../../terminal/cash-up-so-far.ts';
import type { Catalogue, Customer } from '../../../terminal/catalogue.ts';
import { Changes } from '../../../terminal/changes.ts';
import { customerSearch } from '../../../terminal/customer-search.ts';
import type { NewCustomer } from '../../../terminal/customer.ts';
import type { Cashier, KeptReceipt, SuspendedCart } from '../../../terminal/keeping.ts';
import type { Platform } from '../../../terminal/platform.ts';
import { PosReceipts } from '../../../terminal/pos-receipts.ts';
import type {
  CashUpSoFar,
  FoundReceipt,
  OpenedReceipt,
  PosStatus,
  PosTill,
  SoldTicket,
} from '../../../terminal/pos-till.ts';
import type { RungUp } from '../../../terminal/register.ts';
import { Register } from '../../../terminal/register.ts';
import type { ServerQuestions } from '../../../terminal/server-questions.ts';
import type { TerminalSettings } from '../../../terminal/terminal-settings.ts';
import type { Ticket, TicketFault } from '../../../terminal/ticket.ts';
import type { Done } from '../../../terminal/till-api.ts';
import { TillFault } from '../../../terminal/till-api.ts';

export interface FakeParts {
  settings: TerminalSettings;
  catalogue: Catalogue;
  platform: Pick<Platform, 'clock' | 'ids'>;
}

const CASHIER: Cashier = { userId: 'U1', userName: 'ana', name: 'Ana García' };
const MOST_FOUND = 30;

/** No server is asked anything. */
const NO_SERVER: Pick<ServerQuestions, 'rows'> = { rows: () => Promise.resolve(null) };

/** A till in memory that prices and sells as the real one does; a test sets how it stands. */
export class FakeTill implements PosTill {
  readonly cashier = CASHIER;
  readonly settings: TerminalSettings;
  readonly catalogue: Catalogue;
  readonly receipts: KeptReceipt[] = [];
  readonly asideCarts: SuspendedCart[] = [];
  readonly book: Book;
  /** Set to have sales refused. */
  fullStore: string | null = null;
  loggedOut = false;
  readonly #platform: FakeParts['platform'];
  readonly #register: Register;
  readonly #receipts: PosReceipts;
  readonly #changes = new Changes();
  #status: PosStatus;
  #seq = 0;

  constructor({ settings, catalogue, platform }: FakeParts) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.#platform = platform;
    this.book = newBook('C0FFEE', platform.clock.nowMs() - 3 * 60 * 60_000);
    const known = () => ({ settings, catalogue, userId: CASHIER.userId });
    this.#register = new Register({
      ...{ platform, known, book: () => this.book },
      take: (_service, record, entry) => {
        if (this.fullStore !== null) throw new TillFault('storeFault', this.fullStore);
        enter(this.book, entry);
        this.#seq += 1;
        this.set({ kept: this.#status.kept + 1 });
        return Promise.resolve({
          ...{ kind: entry.kind, id: entry.id, documentNo: entry.documentNo },
          ...{ messageId: platform.ids.next(), tillSeq: this.#seq, record },
          grossMinor: entry.grossMinor,
          accepted: Promise.resolve(),
        });
      },
    });
    const byTicketId = (id: string) =>
      Promise.resolve(this.receipts.find(({ ticketId }) => ticketId === id));
    this.#receipts = new PosReceipts({
      known,
      ask: NO_SERVER as ServerQuestions,
      archive: {
        byTicketId,
        put: () => Promise.resolve(),
        move: () => Promise.resolve(),
        find: (text, limit) =>
          Promise.resolve(
            this.receipts
              .filter(({ documentNo }) => documentNo.includes(text))
              .toReversed()
              .slice(0, limit),
          ),
      },
    });
    this.#status = {
      ...{ unsent: 0, kept: 0, parked: 0, server: 'Madrid Centro', headOffice: true },
      can: { createCustomers: true, findOldReceipts: true },
      catalogueLoadedAtMs: platform.clock.nowMs() - 25 * 60_000,
      ...{ isRefreshing: false, storeFault: null, sessionFault: null },
    };
  }

  status(): PosStatus {
    return this.#status;
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Changes how the till stands. */
  set(change: Partial<PosStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#changes.tell();
  }

  /** Moves every receipt on. */
  moveReceipts(where: KeptReceipt['where']): void {
    for (const receipt of this.receipts) receipt.where = where;
    this.set({ kept: where === 'headOffice' ? 0 : this.receipts.length, unsent: 0 });
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
      return { id: rungUp.ticket.id, record: rungUp.record, result: this.#soldOf(rungUp) };
    });
  }

  findCustomers(text: string): Promise<Customer[]> {
    return Promise.resolve(customerSearch(this.catalogue).find(text, MOST_FOUND));
  }

  async createCustomer(wanted: NewCustomer): Promise<Customer> {
    return (await this.#register.createCustomer(wanted)).customer;
  }

  changeAddress(customerId: string, address: NewCustomer['address']): Promise<Customer> {
    return this.#register.changeAddress(customerId, address);
  }

  suspend(cart: Cart, note: string): Promise<void> {
    const { ids, clock } = this.#platform;
    this.asideCarts.push({ id: ids.next(), note, atMs: clock.nowMs(), cart });
    return Promise.resolve();
  }

  suspended(): Promise<SuspendedCart[]> {
    return Promise.resolve([...this.asideCarts]);
  }

  resume(id: string): Promise<Cart> {
    const index = this.asideCarts.findIndex((each) => each.id === id);
    const [found] = index < 0 ? [] : this.asideCarts.splice(index, 1);
    if (found === undefined) throw new TillFault('noSuspended', 'Taken up already.');
    return Promise.resolve(found.cart);
  }

  moveCash(direction: 'deposit' | 'drop', amountMinor: number, reasonId: string): Promise<Done> {
    return this.#register.moveCash(direction, amountMinor, reasonId);
  }

  cashUpSoFar(): CashUpSoFar {
    return cashUpSoFar(this.book.cashup, this.settings);
  }

  cashUp(
    counted: Readonly<Record<string, number>>,
    kept: Readonly<Record<string, number>>,
  ): Promise<Done> {
    return this.#register.cashUp(counted, kept);
  }

  logOut(): Promise<void> {
    this.loggedOut = true;
    return Promise.resolve();
  }

  #soldOf({ done, ticket, paid, record }: RungUp & { record: JsonObject }): SoldTicket {
    const { kind, documentNo, atMs } = ticket;
    const receipt: KeptReceipt = {
      ...{ messageId: done.messageId, ticketId: ticket.id, documentNo, kind, atMs, record },
      customerName: ticket.customer.row.name,
      grossMinor: ticket.totals.grossMinor,
      where: this.#status.server === null ? 'till' : 'store',
    };
    this.receipts.push(receipt);
    return { done, ticket, changeMinor: paid.changeMinor, receipt: { ...receipt } };
  }
}
