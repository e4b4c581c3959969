import type { Terminal } from '../../../../contract/definitions.ts';
import type { JsonObject } from '../../../../contract/json.ts';
import type { Storage } from '../../../../storage/port.ts';
import { numberOf, objectOf } from '../read-json.ts';

/** The highest document numbers that this server knows of; a till goes on above them. */
export interface Counters {
  lastDocumentNumber: number;
  lastReturnDocumentNumber: number;
  lastQuotationDocumentNumber: number;
  [name: string]: number;
}

/**
 * A client that is told 0 forgets its own counter and repeats its numbers. A server that has seen no
 * ticket of a till cannot know that there was none (it may be new itself), so it never says 0: a new
 * till leaves number 1 unused, and no till is ever reset.
 */
const LEAST_FLOOR = 1;

/** The floors of a terminal: what was seen behind each prefix, or what its definition starts from. */
export async function countersOf(
  terminal: Terminal,
  config: JsonObject,
  storage: Pick<Storage, 'documentFloors'>,
): Promise<Counters> {
  // Without a prefix of their own, returns and quotations take the numbers of sales.
  const sales = terminal.docNoPrefix;
  const returns = terminal.returnDocNoPrefix ?? sales;
  const quotations = terminal.quotationDocNoPrefix ?? sales;
  const floors = await storage.documentFloors([...new Set([sales, returns, quotations])]);
  const given = objectOf(config, 'terminal');
  const floor = (prefix: string, name: string): number =>
    Math.max(LEAST_FLOOR, floors.get(prefix) ?? 0, numberOf(given, name));
  return {
    lastDocumentNumber: floor(sales, 'lastDocumentNumber'),
    lastReturnDocumentNumber: floor(returns, 'lastReturnDocumentNumber'),
    lastQuotationDocumentNumber: floor(quotations, 'lastQuotationDocumentNumber'),
  };
}
