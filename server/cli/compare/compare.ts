/** What a till makes, as the books of both sides count it. */
export type RecordKind = 'sale' | 'return' | 'customer' | 'cashMovement' | 'cashUp';

/** A record as the journal of its till tells it; a till's records are given in the till's own order. */
export interface TillRecord {
  terminal: string;
  kind: RecordKind;
  id: string;
  /** Null for what has no number. */
  documentNo: string | null;
  /** Minor units, negative for a return; 0 for what is no ticket. */
  grossMinor: number;
  /** A server has given its receipt. */
  accepted: boolean;
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
  /** Its place in the order in which the main applied things; null where the main does not say. */
  position: number | null;
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
  /** Records of any kind that the main has more than once. */
  doubled: number;
  /** Records of any kind that a server accepted and that are not at the main, or not with their amount. */
  lost: number;
  /** Records that the main applied after one that their till made later. */
  reordered: number;
  others: { customers: Counts; returns: Counts; cashMovements: Counts; cashUps: Counts };
  /** Sales less returns. */
  totalAtTills: number;
  totalAtMain: number;
}

/** Compares what the tills say they made with what the main holds of these tills. */
export function compareBooks(
  tills: readonly TillRecord[],
  main: readonly MainRecord[],
): Comparison {
  const sales = tills.filter((record) => record.kind === 'sale');
  const counts = (kind: RecordKind): Counts => ({
    atTills: countOf(tills, kind),
    atMain: countOf(main, kind),
  });
  return {
    tickets: sales.length,
    accepted: sales.filter((record) => record.accepted).length,
    confirmed: sales.filter((record) => record.confirmed).length,
    doubled: countDoubled(main),
    lost: countLost(tills, main),
    reordered: countReordered(tills, main),
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

function countLost(tills: readonly TillRecord[], main: readonly MainRecord[]): number {
  const there = new Set(main.map((record) => `${keyOf(record)} ${record.grossMinor}`));
  return tills.filter(
    (record) => record.accepted && !there.has(`${keyOf(record)} ${record.grossMinor}`),
  ).length;
}

/** A record is there twice when its id is, or when another id bears its till's document number. */
function countDoubled(main: readonly MainRecord[]): number {
  const ids = new Set<string>();
  const numbers = new Set<string>();
  let doubled = 0;
  for (const record of main) {
    const number = `${record.terminal} ${record.documentNo ?? ''}`;
    const known = ids.has(keyOf(record)) || (record.documentNo !== null && numbers.has(number));
    if (known) doubled += 1;
    ids.add(keyOf(record));
    numbers.add(number);
  }
  return doubled;
}

function countReordered(tills: readonly TillRecord[], main: readonly MainRecord[]): number {
  const positions = new Map<string, number>();
  for (const record of main) {
    if (record.position !== null) positions.set(keyOf(record), record.position);
  }
  const newest = new Map<string, number>();
  let reordered = 0;
  for (const record of tills) {
    const position = positions.get(keyOf(record));
    if (position === undefined) continue;
    const before = newest.get(record.terminal) ?? -Infinity;
    if (position < before) reordered += 1;
    newest.set(record.terminal, Math.max(before, position));
  }
  return reordered;
}

function keyOf(record: { kind: RecordKind; id: string }): string {
  return `${record.kind} ${record.id}`;
}

function countOf(records: readonly { kind: RecordKind }[], kind: RecordKind): number {
  return records.filter((record) => record.kind === kind).length;
}

function total(records: readonly { kind: RecordKind; grossMinor: number }[]): number {
  return records
    .filter((record) => record.kind === 'sale' || record.kind === 'return')
    .reduce((sum, record) => sum + record.grossMinor, 0);
}
