import type { Json, JsonObject } from '../../../server/contract/json.ts';
import type { Catalogue } from '../../../terminal/catalogue.ts';
import { catalogueOf } from '../../../terminal/catalogue.ts';
import type { TerminalSettings } from '../../../terminal/terminal-settings.ts';
import { readSettings } from '../../../terminal/terminal-settings.ts';

/** What a fake till is made of: the terminal's answer and the rows of each model. */
export interface FakeShopData {
  answer: Json[];
  rows: Record<string, JsonObject[]>;
}

/** The settings and the catalogue, with products added until there are `products` of them. */
export function fakeShop(
  { answer, rows }: FakeShopData,
  products = 0,
): { settings: TerminalSettings; catalogue: Catalogue } {
  const read = readSettings(answer);
  if ('fault' in read) throw new Error(read.fault);
  const known = rows['Product'] ?? [];
  const more = Array.from({ length: Math.max(0, products - known.length) }, (_, index) =>
    another(known[index % known.length] ?? {}, index),
  );
  const all = new Map(Object.entries({ ...rows, Product: [...known, ...more] }));
  return { settings: read.settings, catalogue: catalogueOf(all).catalogue };
}

function another(row: JsonObject, index: number): JsonObject {
  const number = String(index).padStart(6, '0');
  return {
    ...row,
    id: `F${number}`,
    _identifier: `${row['_identifier'] as string} No. ${number}`,
    searchkey: `K${number}`,
    uPCEAN: `9${number.padStart(12, '0')}`,
  };
}
