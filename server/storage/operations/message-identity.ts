import canonicalize from 'canonicalize';
import { isJsonObject } from '../../contract/json.ts';
import type { Receipt } from '../../contract/message.ts';
import type { PackedMessage } from '../pack.ts';
import type { Query, Sql } from '../sql.ts';
import type { Work } from './work.ts';

interface KnownRow {
  digest: string;
  entry_no: number;
  terminal: string;
  server_key: string;
  server_epoch: number;
  server_seq: number;
  outcome: Receipt['outcome'];
  reason: string | null;
  masked: number;
}

const KNOWN: Query<KnownRow> = {
  text: `SELECT digest, entry_no, terminal, server_key, server_epoch, server_seq, outcome, reason,
      masked
    FROM message WHERE message_id = ?`,
};
const REMEMBER: Query = {
  text: `INSERT INTO message (message_id, digest, entry_no, terminal, server_key, server_epoch,
      server_seq, outcome, reason, masked)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};
const BODY: Query<{ service: string; body: Uint8Array }> = {
  text: `SELECT entry.service, entry_body.body FROM entry
    JOIN entry_body ON entry_body.entry_no = entry.entry_no WHERE entry.entry_no = ?`,
};

/** Whether a message is one that was taken before, and whether its id was used for another. */
export interface Known {
  same: { receipt: Receipt; entryNo: number } | undefined;
  otherContent: boolean;
}

/**
 * Looks a message up by its identity (architecture, decision 9): the same bytes, else the same
 * content, whatever the order of members and the spelling of numbers.
 */
export async function knownAs(sql: Sql, message: PackedMessage): Promise<Known> {
  const rows = await sql.all(KNOWN, message.messageId);
  if (rows.length === 0) return { same: undefined, otherContent: false };
  const same =
    rows.find((row) => row.digest === message.digest) ?? (await sameContent(sql, rows, message));
  return { same: same && knownReceipt(message.messageId, same), otherContent: true };
}

async function sameContent(
  sql: Sql,
  rows: readonly KnownRow[],
  message: PackedMessage,
): Promise<KnownRow | undefined> {
  const content = contentOf(message.service, message.messageId, message.body);
  if (content === undefined) return undefined;
  for (const row of rows) {
    const stored = await sql.get(BODY, row.entry_no);
    if (stored && contentOf(stored.service, message.messageId, stored.body) === content) return row;
  }
  return undefined;
}

/** What makes a message the same one, in canonical form (RFC 8785); undefined where it is not JSON. */
function contentOf(service: string, messageId: string, body: Uint8Array): string | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const data = isJsonObject(parsed) ? (parsed['data'] ?? parsed) : parsed;
    return canonicalize({ service, messageId, data });
  } catch {
    return undefined;
  }
}

function knownReceipt(messageId: string, row: KnownRow): { receipt: Receipt; entryNo: number } {
  const receipt: Receipt = {
    messageId,
    digest: row.digest,
    terminal: row.terminal,
    serverKey: row.server_key,
    serverEpoch: row.server_epoch,
    serverSeq: row.server_seq,
    outcome: row.outcome,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.masked === 1 && { masked: true }),
  };
  return { receipt, entryNo: row.entry_no };
}

/** Remembers for good what was answered to a message, and gives the receipt. */
export async function remember(
  { sql, serverEpoch }: Work,
  message: PackedMessage,
  answer: {
    entryNo: number;
    serverSeq: number;
    outcome: Receipt['outcome'];
    reason: string | null;
  },
): Promise<Receipt> {
  const row: KnownRow = {
    digest: message.digest,
    entry_no: answer.entryNo,
    terminal: message.terminal,
    server_key: message.serverKey,
    server_epoch: serverEpoch,
    server_seq: answer.serverSeq,
    outcome: answer.outcome,
    reason: answer.reason,
    masked: message.masked ? 1 : 0,
  };
  await sql.run(
    REMEMBER,
    message.messageId,
    row.digest,
    row.entry_no,
    row.terminal,
    row.server_key,
    row.server_epoch,
    row.server_seq,
    row.outcome,
    row.reason,
    row.masked,
  );
  return knownReceipt(message.messageId, row).receipt;
}
