import type { z } from 'zod';
import type { Terminal } from '../../../../contract/definitions.ts';
import type { JsonObject } from '../../../../contract/json.ts';
import type { Reading, Understanding } from '../../../../core/change.ts';
import { toScaled } from '../../../../core/money.ts';
import type { TransactionReader } from '../../../module.ts';

/** A reader of records of one kind. `what` names the kind in the reasons: "ticket", "customer". */
export function readerOf<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  understand: (
    parsed: z.infer<Schema>,
    record: JsonObject,
    terminal: Terminal | undefined,
  ) => Understanding | { reason: string },
): TransactionReader {
  return (record, terminal): Reading => {
    const parsed = schema.safeParse(record);
    if (!parsed.success) return { ok: false, reason: reasonOf(what, record, parsed.error) };
    const understanding = understand(parsed.data, record, terminal);
    return 'reason' in understanding
      ? { ok: false, reason: `${named(what, record)}: ${understanding.reason}` }
      : { ok: true, understanding };
  };
}

/** Why amounts cannot be read where the till is unknown: its currency tells how many decimals count. */
export const UNKNOWN_TERMINAL =
  'its terminal is not defined at this server, so its currency is unknown; define the terminal, then try it again';

/** An amount in minor units of the terminal's currency, or a reason that names the member. */
export function minorUnits(
  member: string,
  value: number | string,
  terminal: Terminal,
): number | { reason: string } {
  const minor = toScaled(value, terminal.currency.precision);
  return minor ?? { reason: `"${member}" is no amount that can be kept: ${String(value)}` };
}

/** The ids without repetitions and without what is absent. */
export function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}

function reasonOf(what: string, record: JsonObject, error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.join('.') ?? '';
  const member = where === '' ? 'the record' : `"${where}"`;
  return `${named(what, record)} is not understood: ${member}: ${issue?.message ?? 'wrong shape'}`;
}

/** What people know a record by. */
function named(what: string, record: JsonObject): string {
  const name = record['documentNo'] ?? record['searchKey'] ?? record['id'];
  return typeof name === 'string' && name !== '' ? `${what} ${name.slice(0, 64)}` : what;
}
