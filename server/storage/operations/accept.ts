import { createHash } from 'node:crypto';
import type { EntryState } from '../../contract/manage.ts';
import type { Judgement } from '../../core/judge.ts';
import type { PackedMessage } from '../pack.ts';
import type { Accepted } from '../port.ts';
import type { Query, Sql } from '../sql.ts';
import { applyChanges } from './apply.ts';
import { countEntry } from './counters.ts';
import { addDeliveries } from './deliver.ts';
import { emit } from './events.ts';
import { handOver } from './hand-over.ts';
import { judgeAgain, judgeEntry } from './judge-entry.ts';
import { knownAs, remember } from './message-identity.ts';
import { noteRecords } from './record-order.ts';
import type { Work } from './work.ts';

const JOURNAL: Query<{ server_seq: number; chain: string }> = {
  text: 'SELECT server_seq, chain FROM journal WHERE terminal = ?',
};
const ADVANCE: Query = {
  text: `INSERT INTO journal (terminal, server_seq, chain) VALUES (?, ?, ?)
    ON CONFLICT (terminal) DO UPDATE SET server_seq = excluded.server_seq, chain = excluded.chain`,
};
const ENTER: Query<{ entry_no: number }> = {
  text: `INSERT INTO entry (message_id, digest, service, terminal, organization, actor,
      accepted_at_ms, judged, state, records, bytes, document_no, gross_minor, server_seq, chain,
      till_seq, prev_digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING entry_no`,
};
const KEEP_BODY: Query = { text: 'INSERT INTO entry_body (entry_no, body) VALUES (?, ?)' };
const DECIDE: Query = {
  text: 'UPDATE entry SET state = ?, reason = ?, pending = ? WHERE entry_no = ?',
};

const OTHER_CONTENT = 'the same message id was used for other content';

/** How an entry begins: where it stands in the journal of its terminal. */
interface Place {
  serverSeq: number;
  chain: string;
}

/** Takes a message; see the port. */
export async function accept(work: Work, message: PackedMessage): Promise<Accepted> {
  const known = await knownAs(work.sql, message);
  if (known.same) {
    await handOver(work, known.same.entryNo, message);
    return { ...known.same, repeated: true };
  }
  const place = await nextPlace(work.sql, message);
  const entryNo = await enter(work, message, place);
  const { state, reason, made } = known.otherContent
    ? { state: 'parked' as const, reason: OTHER_CONTENT, made: [] }
    : await takeEffect(work, message, entryNo);
  if (state !== initialState(message)) {
    // What came under the id of another message is never applied by being judged again.
    const judgedLater = message.judge && !known.otherContent;
    const pending = judgedLater ? JSON.stringify(message.reading) : null;
    await work.sql.run(DECIDE, state, reason, pending, entryNo);
  }
  await addDeliveries(work.sql, entryNo, message);
  await countEntry(work.sql, message.terminal, null, state);
  await emit(work, 'entry', { entryNo, state, terminal: message.terminal });
  const outcome = message.judge && state !== 'queued' ? state : 'accepted';
  const receipt = await remember(work, message, {
    entryNo,
    serverSeq: place.serverSeq,
    outcome,
    reason: message.judge ? reason : null,
  });
  if (made.length > 0) await judgeAgain(work, made);
  return { receipt, repeated: false, entryNo };
}

/** The state that an entry most often has, so that it is written once. */
function initialState(message: PackedMessage): 'applied' | 'queued' {
  return message.judge ? 'applied' : 'queued';
}

async function takeEffect(
  work: Work,
  message: PackedMessage,
  entryNo: number,
): Promise<{ state: Judgement['outcome'] | 'queued'; reason: string | null; made: string[] }> {
  const source = { terminal: message.terminal, entryNo };
  const { reading } = message;
  if (message.judge) {
    const { judgement, made } = await judgeEntry(work, reading, source);
    const reason = judgement.outcome === 'applied' ? null : judgement.reason;
    return { state: judgement.outcome, reason, made };
  }
  if (reading.ok) await applyChanges(work, reading.understanding.changes, source, false);
  return { state: 'queued', reason: null, made: [] };
}

/**
 * The next place in the journal of a terminal. The chain binds each entry to all before it: SHA-256 of
 * the chain so far, the number and the digest.
 */
async function nextPlace(sql: Sql, message: PackedMessage): Promise<Place> {
  const before = (await sql.get(JOURNAL, message.terminal)) ?? { server_seq: 0, chain: '' };
  const serverSeq = before.server_seq + 1;
  const chain = createHash('sha256')
    .update(`${before.chain}\n${serverSeq}\n${message.digest}`)
    .digest('hex');
  await sql.run(ADVANCE, message.terminal, serverSeq, chain);
  return { serverSeq, chain };
}

async function enter(work: Work, message: PackedMessage, place: Place): Promise<number> {
  const { sql, nowMs } = work;
  const ticket = firstTicket(message);
  const state: EntryState = initialState(message);
  const row = await sql.get(
    ENTER,
    message.messageId,
    message.digest,
    message.service,
    message.terminal,
    message.organization,
    message.actor,
    nowMs,
    message.judge ? 1 : 0,
    state,
    message.records,
    message.body.byteLength,
    ticket?.documentNo ?? null,
    ticket?.grossMinor ?? null,
    place.serverSeq,
    place.chain,
    message.tillSeq,
    message.prevDigest,
  );
  if (row === undefined) throw new Error('the entry was not numbered');
  await sql.run(KEEP_BODY, row.entry_no, message.body);
  await noteRecords(sql, row.entry_no, message);
  return row.entry_no;
}

function firstTicket({ reading }: PackedMessage) {
  if (!reading.ok) return undefined;
  return reading.understanding.changes.find((change) => change.kind === 'ticket');
}
