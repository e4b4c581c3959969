import type { EntryState } from '../../contract/manage.ts';
import type { RevisedRoute } from '../../core/stale-routes.ts';
import type { Revised, Revision } from '../port.ts';
import type { Query, Sql } from '../sql.ts';
import { audit } from './audit.ts';
import { unblockLanes } from './deliver.ts';
import { emit } from './events.ts';
import { OPEN_ENTRIES, SENDER, senderText } from './open-entries.ts';
import { forgetRecords } from './record-order.ts';
import { changeState } from './settle.ts';
import { tell } from './story.ts';
import type { Work } from './work.ts';

interface EntryRow {
  entry_no: number;
  terminal: string;
  state: EntryState;
}

/** The open entries of a route: bound are its service, organization, sender and whether tills too. */
const OF_ROUTE = `entry.entry_no IN (${OPEN_ENTRIES})
  AND entry.service = ? AND entry.organization = ? AND ${SENDER} = ?
  AND entry.also_by_till = ?`;

const DESTINATIONS: Query<{ destination: string }> = {
  text: 'SELECT DISTINCT destination FROM lane ORDER BY destination',
};
const WITHDRAW: Query = {
  text: `UPDATE delivery SET state = 'withdrawn', withdrawn_by = ?
    WHERE destination = ? AND state IN ('waiting', 'parked')
      AND entry_no IN (SELECT entry_no FROM entry WHERE ${OF_ROUTE})`,
};
const TO_WITHDRAW: Query<{ entry_no: number }> = {
  text: `SELECT delivery.entry_no FROM delivery JOIN entry ON entry.entry_no = delivery.entry_no
    WHERE delivery.destination = ? AND delivery.state IN ('waiting', 'parked') AND ${OF_ROUTE}`,
};
const BRING_BACK: Query = {
  text: `UPDATE delivery SET state = 'waiting', withdrawn_by = NULL, member = NULL
    WHERE destination = ? AND state = 'withdrawn'
      AND entry_no IN (SELECT entry_no FROM entry WHERE ${OF_ROUTE})`,
};
const ADD: Query = {
  text: `INSERT INTO delivery (entry_no, destination, terminal, state)
    SELECT entry.entry_no, ?, entry.terminal, 'waiting' FROM entry
    WHERE ${OF_ROUTE} AND NOT EXISTS (
      SELECT 1 FROM delivery WHERE delivery.entry_no = entry.entry_no AND delivery.destination = ?)
    ORDER BY entry.entry_no`,
};
/** Entries that this destination has and that wait for no other, or that are parked by none any more. */
const SETTLED: Query<EntryRow> = {
  text: `SELECT entry_no, terminal, state FROM entry
    WHERE ${OF_ROUTE} AND judged = 0
      AND EXISTS (SELECT 1 FROM delivery WHERE delivery.entry_no = entry.entry_no
        AND delivery.destination = ? AND delivery.state = 'acknowledged')
      AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.entry_no = entry.entry_no
        AND delivery.state IN ('waiting', 'claimed', 'parked'))
    ORDER BY entry_no`,
};
const STATE: Query<EntryRow & { judged: number }> = {
  text: 'SELECT entry_no, terminal, state, judged FROM entry WHERE entry_no = ?',
};
const PARKED: Query<{ entry_no: number }> = {
  text: `SELECT entry_no FROM delivery WHERE entry_no = ? AND state = 'parked' LIMIT 1`,
};
const EMPTY_LANES: Query = {
  text: 'UPDATE lane SET waiting = 0, parked = 0 WHERE destination = ?',
};
const COUNT_WAITING: Query = {
  text: `INSERT INTO lane (destination, terminal, waiting)
    SELECT destination, terminal, count(*) FROM delivery
    WHERE destination = ? AND state = 'waiting' GROUP BY destination, terminal
    ON CONFLICT (destination, terminal) DO UPDATE SET waiting = excluded.waiting`,
};
const COUNT_PARKED: Query = {
  text: `INSERT INTO lane (destination, terminal, parked)
    SELECT destination, terminal, count(*) FROM delivery
    WHERE destination = ? AND state = 'parked' GROUP BY destination, terminal
    ON CONFLICT (destination, terminal) DO UPDATE SET parked = excluded.parked`,
};

/** Gives open messages the destinations that the definitions name now; see the port. */
export async function reviseDestinations(work: Work, revision: Revision): Promise<Revised> {
  const total: Revised = { added: 0, withdrawn: 0, confirmed: 0 };
  const touched = new Set<string>();
  for (const route of revision.routes) {
    total.withdrawn += await withdraw(work, route, revision.actor, touched);
    total.added += await add(work.sql, route, touched);
    total.confirmed += await confirm(work, route);
  }
  for (const destination of touched) await recount(work, destination);
  if (touched.size > 0) {
    const { actor } = revision;
    const subject = [...touched].join(', ');
    await audit(work, { actor, action: 'reviseDestinations', subject, detail: { ...total } });
  }
  return total;
}

/** Takes away what waits for a destination that the route no longer has. */
async function withdraw(
  work: Work,
  route: RevisedRoute,
  actor: string,
  touched: Set<string>,
): Promise<number> {
  const { sql } = work;
  let withdrawn = 0;
  for (const { destination } of await sql.all(DESTINATIONS)) {
    if (route.destinations.includes(destination)) continue;
    const entries = await sql.all(TO_WITHDRAW, destination, ...boundOf(route));
    if (entries.length === 0) continue;
    withdrawn += await sql.run(WITHDRAW, actor, destination, ...boundOf(route));
    touched.add(destination);
    for (const { entry_no: entryNo } of entries) {
      await tell(work, entryNo, 'withdrawn', `${destination}: by ${actor}`);
      await unpark(work, entryNo);
    }
  }
  return withdrawn;
}

/** An entry that only the withdrawn destination had refused is in line again. */
async function unpark(work: Work, entryNo: number): Promise<void> {
  const entry = await work.sql.get(STATE, entryNo);
  if (entry?.judged !== 0 || entry.state !== 'parked') return;
  if (await work.sql.get(PARKED, entryNo)) return;
  await changeState(work, entry, entry.state, 'queued', null);
}

/** Gives every open message of the route a delivery to each of its destinations. */
async function add(sql: Sql, route: RevisedRoute, touched: Set<string>): Promise<number> {
  let added = 0;
  for (const destination of route.destinations) {
    const bound = boundOf(route);
    const changed =
      (await sql.run(BRING_BACK, destination, ...bound)) +
      (await sql.run(ADD, destination, ...bound, destination));
    if (changed > 0) touched.add(destination);
    added += changed;
  }
  return added;
}

/** Confirms what a remaining destination has and no other is waited for. */
async function confirm(work: Work, route: RevisedRoute): Promise<number> {
  let confirmed = 0;
  for (const destination of route.destinations) {
    for (const entry of await work.sql.all(SETTLED, ...boundOf(route), destination)) {
      await forgetRecords(work.sql, entry.entry_no);
      await changeState(work, entry, entry.state, 'confirmed', null);
      confirmed += 1;
    }
  }
  return confirmed;
}

/** Makes the lanes to a destination what its deliveries say, and lets them be looked at again. */
async function recount(work: Work, destination: string): Promise<void> {
  const { sql } = work;
  await sql.run(EMPTY_LANES, destination);
  await sql.run(COUNT_WAITING, destination);
  await sql.run(COUNT_PARKED, destination);
  await unblockLanes(sql, destination);
  await emit(work, 'lane', { destination });
}

function boundOf(route: RevisedRoute): [string, string, string, number] {
  const { service, organization, sender, alsoByTill } = route;
  return [service, organization, senderText(sender), alsoByTill ? 1 : 0];
}
