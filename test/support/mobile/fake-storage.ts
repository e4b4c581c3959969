import type { JsonObject } from '../../../server/contract/json.ts';
import type { RowFilter, Storage, TicketHead, TicketQuery } from '../../../server/storage/port.ts';

/** What a fake storage holds, by model; and what it was asked for. */
export interface Shelf {
  rows?: Record<string, JsonObject[]>;
  tickets?: { head: TicketHead; record: JsonObject }[];
  cashup?: { processed: boolean; record: JsonObject };
  floors?: Record<string, number>;
  asked?: TicketQuery[];
}

/** The reads of the storage port over plain lists: enough for services that are not about storage. */
export function fakeStorage(shelf: Shelf): Storage {
  const rowsOf = (model: string): JsonObject[] => shelf.rows?.[model] ?? [];
  const reads: Pick<
    Storage,
    'row' | 'pageOfModel' | 'findTickets' | 'ticket' | 'newestCashup' | 'documentFloors'
  > = {
    row: (model, _scope, id) =>
      Promise.resolve(rowsOf(model).find((row) => Object.values(row)[0] === id)),
    pageOfModel({ model, filters, limit, offset }) {
      const found = rowsOf(model)
        .filter((row) => filters.every((filter) => meets(row, filter)))
        .slice(offset, offset + limit);
      return Promise.resolve({ rows: Buffer.from(JSON.stringify(found)), count: found.length });
    },
    findTickets(query) {
      shelf.asked?.push(query);
      return Promise.resolve((shelf.tickets ?? []).map(({ head }) => head));
    },
    ticket: (id) => Promise.resolve(shelf.tickets?.find(({ head }) => head.id === id)),
    newestCashup: () => Promise.resolve(shelf.cashup),
    documentFloors: (prefixes) =>
      Promise.resolve(new Map(prefixes.map((prefix) => [prefix, shelf.floors?.[prefix] ?? 0]))),
  };
  return reads as Storage;
}

function meets(row: JsonObject, { properties, operator, value }: RowFilter): boolean {
  return properties.some((property) => {
    const held = row[property];
    if (operator === 'equals') return held === value;
    return typeof held === 'string' && held.toLowerCase().includes(String(value).toLowerCase());
  });
}
