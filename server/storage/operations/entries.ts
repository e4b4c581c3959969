import type {
  DeliveryState,
  EntriesPage,
  EntryDetail,
  EntryRow,
  EntryState,
} from '../../contract/manage.ts';
import type { EntriesQuery } from '../port.ts';
import type { Dialect, Query, SqlValue } from '../sql.ts';
import { newestSeq } from './events.ts';
import { storyOf } from './story.ts';
import { terminalName } from './terminal-name.ts';
import { isoOf, isoOrNull, type Work } from './work.ts';

interface Row {
  entry_no: number;
  message_id: string;
  service: string;
  terminal: string;
  terminal_name: string;
  accepted_at_ms: number;
  state: EntryState;
  records: number;
  bytes: number;
  document_no: string | null;
  gross_minor: number | null;
  reason: string | null;
}
interface DetailRow extends Row {
  digest: string;
  server_seq: number;
  till_seq: number | null;
  server_epoch: number;
  body: Uint8Array | null;
}

const COLUMNS = (dialect: Dialect): string => `entry.entry_no, entry.message_id, entry.service,
  entry.terminal, ${terminalName(dialect, 'entry.terminal')} AS terminal_name,
  entry.accepted_at_ms, entry.state, entry.records, entry.bytes, entry.document_no,
  entry.gross_minor, entry.reason`;
const DETAIL: Query<DetailRow> = {
  text: (dialect) => `SELECT ${COLUMNS(dialect)}, entry.digest, entry.server_seq, entry.till_seq,
      message.server_epoch, entry_body.body
    FROM entry
    JOIN message ON message.message_id = entry.message_id AND message.digest = entry.digest
    LEFT JOIN entry_body ON entry_body.entry_no = entry.entry_no
    WHERE entry.entry_no = ?`,
};
const DELIVERIES: Query<{
  destination: string;
  state: DeliveryState;
  outcome: string | null;
  attempts_started: number;
  attempts_finished: number;
  next_attempt_ms: number;
  acknowledged_at_ms: number | null;
  last_error: string | null;
}> = {
  text: `SELECT delivery.destination, delivery.state, delivery.outcome, delivery.attempts_started,
      delivery.attempts_finished, lane.next_attempt_ms, delivery.acknowledged_at_ms,
      delivery.last_error
    FROM delivery JOIN lane ON lane.destination = delivery.destination
      AND lane.terminal = delivery.terminal
    WHERE delivery.entry_no = ? ORDER BY delivery.destination`,
};

/** A page of entries, newest first. */
export async function entries({ sql }: Work, wanted: EntriesQuery): Promise<EntriesPage> {
  const conditions: [text: string, value: SqlValue][] = [];
  if (wanted.state !== undefined) conditions.push(['entry.state = ?', wanted.state]);
  if (wanted.terminal !== undefined) conditions.push(['entry.terminal = ?', wanted.terminal]);
  if (wanted.before !== undefined) conditions.push(['entry.entry_no < ?', wanted.before]);
  const where = ['1 = 1', ...conditions.map(([text]) => text)];
  if (isOpen(wanted.state)) where.push(`entry.state IN ('queued', 'waiting', 'parked')`);
  const query: Query<Row> = {
    text: `SELECT ${COLUMNS(sql.dialect)} FROM entry WHERE ${where.join(' AND ')}
      ORDER BY entry.entry_no DESC LIMIT ?`,
  };
  const values = conditions.map(([, value]) => value);
  const rows = await sql.all(query, ...values, wanted.limit + 1);
  const page = rows.slice(0, wanted.limit);
  return {
    seq: await newestSeq(sql),
    rows: page.map(rowOf),
    nextBefore: rows.length > page.length ? (page.at(-1)?.entry_no ?? null) : null,
  };
}

/** Whether a state has an index of its own: the rows of open states are few among many. */
function isOpen(state: EntryState | undefined): boolean {
  return state === 'queued' || state === 'waiting' || state === 'parked';
}

/** One entry in full. */
export async function entry(work: Work, entryNo: number): Promise<EntryDetail | undefined> {
  const row = await work.sql.get(DETAIL, entryNo);
  if (row === undefined) return undefined;
  const deliveries = await work.sql.all(DELIVERIES, entryNo);
  return {
    ...rowOf(row),
    digest: row.digest,
    serverEpoch: row.server_epoch,
    serverSeq: row.server_seq,
    tillSeq: row.till_seq,
    body: row.body && jsonText(row.body),
    deliveries: deliveries.map((delivery) => ({
      destination: delivery.destination,
      state: delivery.state,
      outcome: delivery.outcome,
      attemptsStarted: delivery.attempts_started,
      attemptsFinished: delivery.attempts_finished,
      nextAttemptAt:
        delivery.state === 'waiting' ? isoOrNull(delivery.next_attempt_ms || null) : null,
      acknowledgedAt: isoOrNull(delivery.acknowledged_at_ms),
      lastError: delivery.last_error,
    })),
    story: await storyOf(work, entryNo),
  };
}

function rowOf(row: Row): EntryRow {
  return {
    entryNo: row.entry_no,
    messageId: row.message_id,
    service: row.service,
    terminal: row.terminal,
    terminalName: row.terminal_name,
    acceptedAt: isoOf(row.accepted_at_ms),
    state: row.state,
    records: row.records,
    bytes: row.bytes,
    documentNo: row.document_no,
    grossMinor: row.gross_minor,
    reason: row.reason,
  };
}

/** The bytes as text where they are JSON; null where they are not. */
function jsonText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    return null;
  }
}
