import type { Json, JsonObject } from '../../contract/json.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Refusal } from './refusal.ts';
import { isRefusal, quoted, refuse } from './refusal.ts';

export interface Paging {
  limit: number;
  offset: number;
  /** Rows that the client has already from earlier pages. */
  count: number;
}

/**
 * Reads `_limit`, `_offset` and `_count`. Real clients know models of several queries and send a
 * limit for each; here a model is one query, whose page is as large as theirs together, and an offset
 * that counts in each of the queries is scaled likewise.
 */
export function readPaging(parameters: JsonObject): Paging | Refusal {
  const given = parameters['_limit'];
  const queries = Array.isArray(given) ? Math.max(1, given.length) : 1;
  const limit = total('_limit', given, { least: 1, most: LIMITS.rowsPerPage });
  if (isRefusal(limit)) return limit;
  const most = LIMITS.largestOffset;
  const offset = total('_offset', parameters['_offset'], { least: 0, most });
  if (isRefusal(offset)) return offset;
  const count = total('_count', numeric(parameters['_count']), { least: 0, most });
  if (isRefusal(count)) return count;
  const scale = Array.isArray(parameters['_offset']) ? 1 : queries;
  return {
    limit: limit ?? LIMITS.rowsPerPage,
    offset: Math.min((offset ?? 0) * scale, most),
    count: count ?? 0,
  };
}

/** Some clients send `_count` as a flag, which counts nothing. */
function numeric(value: Json | undefined): Json | undefined {
  return typeof value === 'boolean' ? undefined : value;
}

function total(
  name: string,
  value: Json | undefined,
  bounds: { least: number; most: number },
): number | undefined | Refusal {
  if (value === undefined || value === null) return undefined;
  const numbers = (Array.isArray(value) ? value : [value]).map(wholeNumber);
  const sum = numbers.reduce((result: number, each) => result + each, 0);
  // A NaN fails both comparisons.
  const fits = numbers.every((each) => each >= bounds.least) && sum <= bounds.most;
  if (fits && numbers.length > 0) return sum;
  return refuse(
    `"${name}" is ${quoted(value)}; it must be a whole number from ${bounds.least} to ${bounds.most}, or a list of such numbers with a sum up to ${bounds.most}.`,
  );
}

function wholeNumber(value: Json): number {
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : Number.NaN;
}
