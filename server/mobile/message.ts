import type { Definitions, Terminal } from '../contract/definitions.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import { isJsonObject } from '../contract/json.ts';
import { transactionBodySchema } from '../contract/message.ts';
import type { Reading, Understanding } from '../core/change.ts';
import type { TransactionReader } from './module.ts';

/** Characters of an id, also of one that the sender made. */
const LONGEST_ID = 64;

/** What is known of a message before its records are read. */
export interface Envelope {
  messageId: string;
  /** The records that are objects; `fault` says what else there is. */
  records: JsonObject[];
  /** Why the message cannot be read although it can be kept; null where it can. */
  fault: string | null;
  tillSeq: number | null;
  prevDigest: string | null;
}

/**
 * Reads the outside of a message. Only a message without any id is refused: a retry could not be told
 * from a second sale. Everything else that is wrong is kept with the reason.
 */
export function readEnvelope(body: JsonObject): Envelope | { refused: string } {
  const data = body['data'];
  const items = Array.isArray(data) ? data : [];
  const messageId = idText(body['messageId']) ?? idText(members(items[0])['id']);
  if (messageId === undefined) {
    return {
      refused:
        'The message has neither a "messageId" nor an "id" in its first record, so a retry could not be told from a second message. Give it a messageId.',
    };
  }
  if (messageId.length > LONGEST_ID) {
    return { refused: `The id of the message is longer than ${LONGEST_ID} characters.` };
  }
  const parsed = transactionBodySchema.safeParse(body);
  return {
    messageId,
    records: items.filter(isJsonObject),
    fault: parsed.success ? null : faultText(parsed.error.issues[0]),
    tillSeq: parsed.data?.tillSeq ?? null,
    prevDigest: parsed.data?.prevDigest ?? null,
  };
}

/** The till of a message as it is stored and, where it is defined here, as it is known. */
export interface MessageTerminal {
  id: string;
  terminal: Terminal | undefined;
}

/**
 * The till that made a message: the first of `posTerminal`, `posterminal`, `pos` and `terminalName` in the
 * body, then in its first record, an id or a search key; else the session's. A till that is not
 * defined here keeps the name it gives itself.
 */
export function terminalOf(
  body: JsonObject,
  definitions: Definitions,
  otherwise: string | null,
): MessageTerminal {
  const data = body['data'];
  const first = members(Array.isArray(data) ? data[0] : undefined);
  const name = nameIn(body) ?? nameIn(first) ?? otherwise ?? 'unknown';
  const terminal =
    definitions.terminals.find((row) => row.id === name) ??
    definitions.terminals.find((row) => row.searchKey === name);
  return { id: terminal?.id ?? name.slice(0, LONGEST_ID), terminal };
}

/** The organization of a message: what it names, else the till's, else the one given. */
export function organizationOf(
  body: JsonObject,
  terminal: Terminal | undefined,
  otherwise: string,
): string {
  return idText(body['organization']) ?? terminal?.organization ?? otherwise;
}

/** Reads all records of a message as one. A record that is not understood keeps all of them from it. */
export function readRecords(
  envelope: Envelope,
  reader: TransactionReader | undefined,
  terminal: Terminal | undefined,
): Reading {
  if (envelope.fault !== null) return { ok: false, reason: envelope.fault };
  if (reader === undefined)
    return { ok: false, reason: 'no module of this server reads this service' };
  const understandings: Understanding[] = [];
  for (const [index, record] of envelope.records.entries()) {
    const reading = reader(record, terminal);
    if (!reading.ok) {
      const which = envelope.records.length === 1 ? '' : `record ${index + 1}: `;
      return { ok: false, reason: which + reading.reason };
    }
    understandings.push(reading.understanding);
  }
  return { ok: true, understanding: merged(understandings) };
}

function merged(understandings: readonly Understanding[]): Understanding {
  const [only] = understandings;
  if (only !== undefined && understandings.length === 1) return only;
  const needs = new Map(
    understandings.flatMap((one) => one.needs).map((need) => [JSON.stringify(need), need]),
  );
  return {
    changes: understandings.flatMap((one) => one.changes),
    needs: [...needs.values()],
    makes: [...new Set(understandings.flatMap((one) => one.makes))],
    orderedAfter: [...new Set(understandings.flatMap((one) => one.orderedAfter))],
  };
}

const TERMINAL_MEMBERS = ['posTerminal', 'posterminal', 'pos', 'terminalName'];

function nameIn(object: JsonObject): string | undefined {
  for (const member of TERMINAL_MEMBERS) {
    const name = idText(object[member]);
    if (name !== undefined) return name;
  }
  return undefined;
}

function members(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** An id as text; undefined where there is none. */
function idText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function faultText(issue: { path: PropertyKey[]; message: string } | undefined): string {
  const where = issue === undefined ? '' : issue.path.map(String).join('.');
  return `the message is not understood: "${where}": ${issue?.message ?? 'wrong shape'}`;
}
