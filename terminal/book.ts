/**
 * The till's own book: document counters and the open cash-up. It is the fold of the entries that
 * travel with the queue's messages, so a sale, its number and its place in the cash-up reach the disk
 * in one write.
 */
export type RecordKind = 'sale' | 'return' | 'customer' | 'cashMovement' | 'cashUp';

/** What one message did at the till. Amounts are minor units. */
export interface BookEntry {
  kind: RecordKind;
  id: string;
  /** Null for what has no number. */
  documentNo: string | null;
  /** Negative for a return; 0 for what is no ticket. */
  grossMinor: number;
  /** When it was done, epoch ms. */
  atMs: number;
  /** The counter that gave the document number. */
  counter?: { prefix: string; number: number };
  ticket?: TicketEffect;
  movement?: MovementEffect;
  /** Of a cash-up: what stays in the drawer for the next one, minor units by payment method. */
  kept?: Record<string, number>;
}

interface TicketEffect {
  netMinor: number;
  taxes: { id: string; name: string; amountMinor: number }[];
  /** By the payment method's search key. */
  payments: { method: string; amountMinor: number }[];
}

interface MovementEffect {
  direction: 'deposit' | 'drop';
  method: string;
  /** Never negative. */
  amountMinor: number;
}

/** What went through one payment method since the cash-up was opened, minor units. */
export interface MethodTotals {
  startingMinor: number;
  salesMinor: number;
  /** Paid back: not negative. */
  returnsMinor: number;
  depositsMinor: number;
  dropsMinor: number;
}

export interface OpenCashup {
  id: string;
  openedAtMs: number;
  ticketIds: string[];
  movementIds: string[];
  sales: { count: number; grossMinor: number; netMinor: number };
  /** Not negative. */
  returns: { count: number; grossMinor: number; netMinor: number };
  taxes: { id: string; name: string; orderType: 0 | 1; amountMinor: number }[];
  methods: Record<string, MethodTotals>;
}

export interface Book {
  /** The highest number given out behind each prefix. */
  counters: Record<string, number>;
  cashup: OpenCashup;
}

/** An empty book whose cash-up has this id. */
export function newBook(cashupId: string, atMs: number): Book {
  return { counters: {}, cashup: openCashup(cashupId, atMs) };
}

/** A cash-up into which nothing was counted yet. */
function openCashup(id: string, openedAtMs: number): OpenCashup {
  return {
    id,
    openedAtMs,
    ticketIds: [],
    movementIds: [],
    sales: { count: 0, grossMinor: 0, netMinor: 0 },
    returns: { count: 0, grossMinor: 0, netMinor: 0 },
    taxes: [],
    methods: {},
  };
}

/** The totals of a method; zeros where nothing went through it. */
export function totalsOf(cashup: OpenCashup, method: string): MethodTotals {
  return (
    cashup.methods[method] ?? {
      startingMinor: 0,
      salesMinor: 0,
      returnsMinor: 0,
      depositsMinor: 0,
      dropsMinor: 0,
    }
  );
}

/** What should be in the drawer for a method. */
export function expectedMinor(totals: MethodTotals): number {
  const { startingMinor, salesMinor, returnsMinor, depositsMinor, dropsMinor } = totals;
  return startingMinor + salesMinor - returnsMinor + depositsMinor - dropsMinor;
}

/** Lays an entry into the book, in place: the book of a long day is not copied for each sale. */
export function enter(book: Book, entry: BookEntry): void {
  const { counter, ticket, movement } = entry;
  if (counter !== undefined) raiseCounter(book, counter.prefix, counter.number);
  if (ticket !== undefined) enterTicket(book.cashup, entry, ticket);
  if (movement !== undefined) enterMovement(book.cashup, entry.id, movement);
  if (entry.kind === 'cashUp') book.cashup = cashupAfter(entry);
}

/** Raises a counter to at least this number. */
export function raiseCounter(book: Book, prefix: string, number: number): void {
  book.counters[prefix] = Math.max(book.counters[prefix] ?? 0, number);
}

function enterTicket(cashup: OpenCashup, entry: BookEntry, ticket: TicketEffect): void {
  const sign = entry.kind === 'return' ? -1 : 1;
  const side = sign === 1 ? cashup.sales : cashup.returns;
  side.count += 1;
  side.grossMinor += sign * entry.grossMinor;
  side.netMinor += sign * ticket.netMinor;
  cashup.ticketIds.push(entry.id);
  for (const tax of ticket.taxes) addTax(cashup, sign === 1 ? 0 : 1, tax);
  for (const { method, amountMinor } of ticket.payments) {
    const totals = (cashup.methods[method] ??= totalsOf(cashup, method));
    if (sign === 1) totals.salesMinor += amountMinor;
    else totals.returnsMinor -= amountMinor;
  }
}

function addTax(cashup: OpenCashup, orderType: 0 | 1, tax: TicketEffect['taxes'][number]): void {
  const known = cashup.taxes.find((each) => each.id === tax.id && each.orderType === orderType);
  if (known === undefined) cashup.taxes.push({ ...tax, orderType });
  else known.amountMinor += tax.amountMinor;
}

function enterMovement(cashup: OpenCashup, id: string, movement: MovementEffect): void {
  const totals = (cashup.methods[movement.method] ??= totalsOf(cashup, movement.method));
  if (movement.direction === 'deposit') totals.depositsMinor += movement.amountMinor;
  else totals.dropsMinor += movement.amountMinor;
  cashup.movementIds.push(id);
}

function cashupAfter(closed: BookEntry): OpenCashup {
  // The id follows from the closed one's, so that reading the log again finds the same.
  const cashup = openCashup(nextCashupId(closed.id), closed.atMs);
  for (const [method, startingMinor] of Object.entries(closed.kept ?? {})) {
    cashup.methods[method] = { ...totalsOf(cashup, method), startingMinor };
  }
  return cashup;
}

/** Adds one to an id of hexadecimal digits. */
function nextCashupId(id: string): string {
  const next = (BigInt(`0x${id}`) + 1n) % 16n ** BigInt(id.length);
  return next.toString(16).toUpperCase().padStart(id.length, '0');
}
