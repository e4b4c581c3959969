import type { Query, Sql } from '../sql.ts';
import type { Work } from './work.ts';

const RAISE: Query = {
  text: `INSERT INTO document_floor (prefix, highest) VALUES (?, ?)
    ON CONFLICT (prefix) DO UPDATE SET highest = excluded.highest
    WHERE excluded.highest > document_floor.highest`,
};
const FIND: Query<{ highest: number }> = {
  text: 'SELECT highest FROM document_floor WHERE prefix = ?',
};

/** A document number: prefix, a separator or none, and the counter. */
const DOCUMENT_NO = /^(.*?)([^\p{L}\d]*)(\d+)$/u;
/** More digits than any counter has; longer ones are not numbers of a till. */
const LONGEST_COUNTER = 15;

/**
 * Notes the counter of a document number under its prefix. Without a separator a prefix that ends in
 * digits cannot be told from the counter, so each way to read it is noted: a floor that is too high
 * costs a few numbers, one that is too low repeats a document.
 */
export async function raiseFloor(sql: Sql, documentNo: string): Promise<void> {
  for (const [prefix, number] of floorsOf(documentNo)) await sql.run(RAISE, prefix, number);
}

/** The prefixes that a document number can be read to have, each with its counter. */
function floorsOf(documentNo: string): [prefix: string, number: number][] {
  const [, head = '', separator = '', digits = ''] = DOCUMENT_NO.exec(documentNo) ?? [];
  if (digits === '' || digits.length > LONGEST_COUNTER) return [];
  if (separator !== '') return [[head, Number(digits)]];
  return Array.from({ length: digits.length }, (_, taken) => [
    head + digits.slice(0, taken),
    Number(digits.slice(taken)),
  ]);
}

/** The highest number seen behind each prefix; 0 where none was seen. */
export async function documentFloors(
  { sql }: Work,
  prefixes: readonly string[],
): Promise<Map<string, number>> {
  const floors = new Map<string, number>();
  for (const prefix of prefixes) {
    const bare = prefix.replace(/[^\p{L}\d]+$/u, '');
    floors.set(prefix, (await sql.get(FIND, bare))?.highest ?? 0);
  }
  return floors;
}
