import type { EntryState } from '../../contract/manage.ts';
import {
  judge,
  needKey,
  questionsOf,
  recordKey,
  unreadable,
  type Facts,
  type Judgement,
  type Questions,
  type StoredVersion,
} from '../../core/judge.ts';
import type { Need } from '../../core/change.ts';
import type { PackedReading } from '../pack.ts';
import type { Query, Sql } from '../sql.ts';
import { applyChanges } from './apply.ts';
import { layRecord } from './apply-records.ts';
import { countEntry } from './counters.ts';
import { emit } from './events.ts';
import type { Source } from './source.ts';
import { tell } from './story.ts';
import type { Work } from './work.ts';

const RECORD_HERE: Query<{ version_ms: number; writer: string | null }> = {
  text: 'SELECT version_ms, writer FROM record WHERE model = ? AND id = ? LIMIT 1',
};
const TICKET_HERE: Query<{ version_ms: number; writer: string }> = {
  text: 'SELECT version_ms, writer FROM ticket WHERE id = ?',
};
const CASHUP_HERE: Query<{ processed: number }> = {
  text: 'SELECT processed FROM cashup WHERE id = ?',
};
const WAIT: Query = {
  text: 'INSERT INTO entry_need (need, entry_no) VALUES (?, ?) ON CONFLICT DO NOTHING',
};
const WAITING_FOR: Query<{ entry_no: number }> = {
  text: 'SELECT entry_no FROM entry_need WHERE need = ? ORDER BY entry_no',
};
const ARRIVED: Query = { text: 'DELETE FROM entry_need WHERE need = ?' };
const STILL_WAITS: Query<{ need: string }> = {
  text: 'SELECT need FROM entry_need WHERE entry_no = ? LIMIT 1',
};
const PENDING: Query<{ terminal: string; state: EntryState; pending: string }> = {
  text: `SELECT terminal, state, pending FROM entry
    WHERE entry_no = ? AND judged = 1 AND state IN ('waiting', 'parked') AND pending IS NOT NULL`,
};
const WAITS_NO_MORE: Query = { text: 'DELETE FROM entry_need WHERE entry_no = ?' };
const JUDGED: Query = {
  text: 'UPDATE entry SET state = ?, reason = ?, pending = ? WHERE entry_no = ?',
};

/** A judgement, and the keys of what it brought into being. */
export interface Judged {
  judgement: Judgement;
  made: string[];
}

/**
 * Judges a message at a main and makes its changes where it is applied; where it waits, notes what it
 * waits for.
 */
export async function judgeEntry(
  work: Work,
  reading: PackedReading,
  source: Source,
): Promise<Judged> {
  if (!reading.ok) return { judgement: unreadable(reading.reason), made: [] };
  const { changes, needs } = reading.understanding;
  const facts = await findFacts(work, reading, questionsOf(changes, needs));
  const judgement = judge(source.terminal, changes, facts);
  if (judgement.outcome === 'applied') {
    return { judgement, made: await applyChanges(work, changes, source, true) };
  }
  if (judgement.outcome === 'waiting') {
    for (const need of judgement.missing) await work.sql.run(WAIT, needKey(need), source.entryNo);
  }
  return { judgement, made: [] };
}

/**
 * Judges again whoever waited for what has appeared, and then whoever waited for what those bring.
 * It ends because an entry that was applied waits no more, and a need that arrived is forgotten.
 */
export async function judgeAgain(work: Work, made: readonly string[]): Promise<void> {
  const arrived = [...made];
  for (let key = arrived.pop(); key !== undefined; key = arrived.pop()) {
    const waiting = await work.sql.all(WAITING_FOR, key);
    if (waiting.length === 0) continue;
    await work.sql.run(ARRIVED, key);
    for (const { entry_no: entryNo } of waiting) {
      if (await work.sql.get(STILL_WAITS, entryNo)) continue;
      arrived.push(...((await judgePending(work, entryNo)) ?? []));
    }
  }
}

/**
 * A person's wish at a main: an entry that waits or is parked is judged again, since the office may
 * have mended what was wrong. False where there is nothing to judge.
 */
export async function judgeOnRequest(work: Work, entryNo: number): Promise<boolean> {
  const made = await judgePending(work, entryNo);
  if (made !== undefined) await judgeAgain(work, made);
  return made !== undefined;
}

/** What the entry made; undefined where it is not to be judged (again). */
async function judgePending(work: Work, entryNo: number): Promise<string[] | undefined> {
  const entry = await work.sql.get(PENDING, entryNo);
  if (entry === undefined) return undefined;
  const { terminal, pending } = entry;
  await work.sql.run(WAITS_NO_MORE, entryNo);
  const reading = JSON.parse(pending) as PackedReading;
  const { judgement, made } = await judgeEntry(work, reading, { terminal, entryNo });
  const state: EntryState = judgement.outcome;
  const reason = judgement.outcome === 'applied' ? null : judgement.reason;
  await work.sql.run(JUDGED, state, reason, state === 'applied' ? null : pending, entryNo);
  await countEntry(work.sql, terminal, entry.state, state);
  if (judgement.outcome === 'applied') {
    await tell(work, entryNo, 'applied', 'judged again: nothing is in its way any more');
  } else if (judgement.outcome === 'parked') {
    await tell(work, entryNo, 'parked', judgement.reason);
  }
  await emit(work, 'entry', { entryNo, state, terminal });
  return made;
}

async function findFacts(
  work: Work,
  reading: Extract<PackedReading, { ok: true }>,
  questions: Questions,
): Promise<Facts> {
  const { sql } = work;
  const missing: Need[] = [];
  for (const need of questions.needs) if (!(await isHere(sql, need))) missing.push(need);
  const records = new Map<string, StoredVersion>();
  for (const { model, id } of questions.records) {
    const row = await sql.get(RECORD_HERE, model, id);
    if (row) records.set(recordKey(model, id), { versionMs: row.version_ms, writer: row.writer });
  }
  const tickets = new Map<string, StoredVersion>();
  for (const id of questions.tickets) {
    const row = await sql.get(TICKET_HERE, id);
    if (row) tickets.set(id, { versionMs: row.version_ms, writer: row.writer });
  }
  const cashups = new Map<string, boolean>();
  for (const id of questions.cashups) {
    const row = await sql.get(CASHUP_HERE, id);
    if (row) cashups.set(id, row.processed === 1);
  }
  return { missing, records, tickets, cashups, faults: await faultsOf(work, reading) };
}

async function isHere(sql: Sql, need: Need): Promise<boolean> {
  const row =
    need.kind === 'ticket'
      ? await sql.get(TICKET_HERE, need.id)
      : await sql.get(RECORD_HERE, need.model, need.id);
  return row !== undefined;
}

/** Why records of the message cannot be rows of their models. */
async function faultsOf(
  work: Work,
  { understanding }: Extract<PackedReading, { ok: true }>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const change of understanding.changes) {
    if (change.kind !== 'record') continue;
    const laid = await layRecord(work, change, true);
    if (typeof laid === 'string') faults.push(laid);
  }
  return faults;
}
