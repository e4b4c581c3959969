import { z } from 'zod';

/**
 * The building blocks of the records' schemas. Clients send amounts as numbers or text, flags as
 * true, "true" or "Y", and references as an id or an object with one; all of it is taken.
 */

/** An id or another name of a record. Numbers are taken: some ids are decimal. */
export const name = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .pipe(z.string().min(1).max(64));

/** A name that may be absent, null or empty: null then. */
export const optionalName = z.preprocess(
  (value) => (value === undefined || value === '' ? null : value),
  name.nullable(),
);

/** A reference: an id, or an object that has one. */
export const reference = z.preprocess((value) => {
  if (typeof value !== 'object' || value === null) return value;
  return 'id' in value ? value.id : null;
}, optionalName);

/** A flag; whatever does not say yes is no. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => {
    return value === true || value === 'true' || value === 'Y' || value === 1;
  });

/** A decimal, not yet scaled. */
export const decimal = z.union([z.number(), z.string().trim().min(1).max(40)]);

/** Ids in a list of ids or of objects; what is neither is left out. */
export const references = z
  .unknown()
  .optional()
  .transform((value): string[] => {
    if (!Array.isArray(value)) return [];
    const found = value.map((item) => reference.safeParse(item).data ?? null);
    return found.filter((id) => id !== null);
  });

/** A time as clients write them, as UTC ISO; null for what is none. */
export const instant = z.unknown().optional().transform(toIso);

/** The latest time that still has a four-digit year, epoch ms. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/**
 * Epoch ms as a number or text, or an ISO text. Text without a zone is UTC, so that the answer does
 * not depend on where the server stands.
 */
function toIso(value: unknown): string | null {
  const ms = typeof value === 'string' ? msOfText(value.trim()) : value;
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= LATEST_MS)) return null;
  return new Date(ms).toISOString();
}

function msOfText(text: string): number {
  if (/^\d{10,15}$/.test(text)) return Number(text);
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  if (parts === null) return Number.NaN;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  return Date.parse(`${day}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`);
}
