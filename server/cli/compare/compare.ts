/** What a till makes, as the books of both sides count it. */
type RecordKind = 'sale' | 'return' | 'customer' | 'cashMovement' | 'cashUp';

/** A record as the journal of its till tells it; a till's records are given in the till's own order. */
export interface TillRecord {
  terminal: string;
  kind: RecordKind;
  id: string;
  /** The message that carried it. */
  messageId: string;
  /** Null for what has no number. */
  documentNo: string | null;
  /** Minor units, negative for a return; 0 for what is no ticket. */
  grossMinor: number;
  /** When the till got a server's receipt for it, epoch ms by the till's clock; null before. */
  acceptedAtMs: number | null;
  /** The till was told that every main has it. */
  confirmed: boolean;
}

/** A record as the main's database holds it. */
export interface MainRecord {
  terminal: string;
  kind: RecordKind;
  id: string;
  documentNo: string | null;
  grossMinor: number;
  /** Its place in the order in which the main applied the records of its table. */
  place: number;
}

/** What the main holds of the tills. */
export interface MainBooks {
  records: readonly MainRecord[];
  /** The main's messages by id, in the order and at the time (epoch ms) that it took them. */
  messages: ReadonlyMap<string, { place: number; takenAtMs: number }>;
  /** Messages of the tills that the main keeps under an id that it knew already. */
  repeatedMessages: number;
}

/** Both counts of one kind. */
export interface Counts {
  atTills: number;
  atMain: number;
}

/** What the comparison of both sides' books finds. Amounts are minor units. */
export interface Comparison {
  /** Sales that the tills made, those that a server accepted, and those that are confirmed. */
  tickets: number;
  accepted: number;
  confirmed: number;
  /** Records of any kind, and messages, that the main has more than once. */
  doubled: number;
  /** Records of any kind that a server accepted and that are not at the main, or not with their amount. */
  lost: number;
  /** Records that the main took or applied after one that their till made later. */
  reordered: number;
  others: { customers: Counts; returns: Counts; cashMovements: Counts; cashUps: Counts };
  /** Sales less returns. */
  totalAtTills: number;
  totalAtMain: number;
}

/** Compares what the tills say they made with what the main holds of these tills. */
export function compareBooks(tills: readonly TillRecord[], books: MainBooks): Comparison {
  const main = books.records;
  const sales = tills.filter((record) => record.kind === 'sale');
  const counts = (kind: RecordKind): Counts => ({
    atTills: countOf(tills, kind),
    atMain: countOf(main, kind),
  });
  return {
    tickets: sales.length,
    accepted: sales.filter((record) => record.acceptedAtMs !== null).length,
    confirmed: sales.filter((record) => record.confirmed).length,
    doubled: countDoubled(main) + books.repeatedMessages,
    lost: countLost(tills, main),
    reordered: countReordered(tills, books),
    others: {
      customers: counts('customer'),
      returns: counts('return'),
      cashMovements: counts('cashMovement'),
      cashUps: counts('cashUp'),
    },
    totalAtTills: total(tills),
    totalAtMain: total(main),
  };
}

/** Whether the books agree: nothing lost, doubled or reordered, all accepted and confirmed, counts and totals equal. */
export function booksAgree(found: Comparison): boolean {
  return (
    found.lost + found.doubled + found.reordered === 0 &&
    found.tickets === found.accepted &&
    found.tickets === found.confirmed &&
    found.totalAtTills === found.totalAtMain &&
    Object.values(found.others).every(({ atTills, atMain }) => atTills === atMain)
  );
}

/** Of the main's books, what the given records of the tills are about: a till may have an older history. */
export function booksOfRun(tills: readonly TillRecord[], books: MainBooks): MainBooks {
  const keys = new Set(tills.map(keyOf));
  const numbers = new Set(tills.map(numberOf));
  return {
    ...books,
    records: books.records.filter(
      (record) => keys.has(keyOf(record)) || numbers.has(numberOf(record)),
    ),
  };
}

function countLost(tills: readonly TillRecord[], main: readonly MainRecord[]): number {
  const there = new Set(main.map((record) => `${keyOf(record)} ${record.grossMinor}`));
  return tills.filter(
    (record) => record.acceptedAtMs !== null && !there.has(`${keyOf(record)} ${record.grossMinor}`),
  ).length;
}

/** A record is there twice when its id is, or when another id bears its till's document number. */
function countDoubled(main: readonly MainRecord[]): number {
  const ids = new Set<string>();
  const numbers = new Set<string>();
  let doubled = 0;
  for (const record of main) {
    const number = numberOf(record);
    if (ids.has(keyOf(record)) || numbers.has(number)) doubled += 1;
    ids.add(keyOf(record));
    numbers.add(number);
  }
  return doubled;
}

/**
 * Two orders must be the till's: that in which the main took the messages, and that in which it
 * applied the records of each table (a message that had to wait is applied later than it is taken).
 */
function countReordered(tills: readonly TillRecord[], { records, messages }: MainBooks): number {
  const applied = new Map(records.map((record) => [keyOf(record), record.place]));
  const newest = new Map<string, number>();
  const isLate = (line: string, place: number | undefined): boolean => {
    if (place === undefined) return false;
    const before = newest.get(line) ?? 0;
    newest.set(line, Math.max(before, place));
    return place < before;
  };
  const late = tills.filter((record) => {
    const takenLate = isLate(record.terminal, messages.get(record.messageId)?.place);
    const table = record.kind === 'return' ? 'sale' : record.kind;
    return isLate(`${record.terminal} ${table}`, applied.get(keyOf(record))) || takenLate;
  });
  return late.length;
}

function keyOf(record: { kind: RecordKind; id: string }): string {
  return `${record.kind} ${record.id}`;
}

/** What makes a ticket one of a kind besides its id; for what has no number, the id again. */
function numberOf(record: {
  kind: RecordKind;
  id: string;
  terminal: string;
  documentNo: string | null;
}): string {
  return record.documentNo === null ? keyOf(record) : `${record.terminal} ${record.documentNo}`;
}

function countOf(records: readonly { kind: RecordKind }[], kind: RecordKind): number {
  return records.filter((record) => record.kind === kind).length;
}

function total(records: readonly { kind: RecordKind; grossMinor: number }[]): number {
  return records
    .filter((record) => record.kind === 'sale' || record.kind === 'return')
    .reduce((sum, record) => sum + record.grossMinor, 0);
}
