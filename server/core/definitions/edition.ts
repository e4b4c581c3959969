import canonicalize from 'canonicalize';
import type { Definitions } from '../../contract/definitions.ts';
import { digestOf } from '../digest.ts';

/** Characters of the digest that are kept: 80 bits, enough to tell any two editions apart. */
const EDITION_LENGTH = 20;

const known = new WeakMap<Definitions, string>();

/**
 * Names the content of the definitions: equal at two servers exactly where their active rows are
 * equal, whatever way they came there and in whatever order. Inactive rows do not count, because a
 * server that joins later never gets them. Computed once for each value.
 */
export function editionOf(definitions: Definitions): string {
  const before = known.get(definitions);
  if (before !== undefined) return before;
  const { organizations, servers, serverKeys, users, terminals, preferences } = definitions;
  const lists = { organizations, servers, serverKeys, users, terminals, preferences };
  const content = Object.entries(lists).map(([name, rows]) => [name, activeInOrder(rows)]);
  const edition = digestOf(Buffer.from(canonicalize(content) ?? '')).slice(0, EDITION_LENGTH);
  known.set(definitions, edition);
  return edition;
}

interface Row {
  id: string;
  active: boolean;
}

/** A member that is null and one that is missing are the same. */
function activeInOrder(rows: readonly Row[]): object[] {
  return rows
    .filter((row) => row.active)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value != null)));
}
