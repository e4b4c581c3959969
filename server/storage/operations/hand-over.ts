import type { EntryState } from '../../contract/manage.ts';
import type { PackedMessage } from '../pack.ts';
import type { Query } from '../sql.ts';
import { addDeliveries } from './deliver.ts';
import { emit } from './events.ts';
import { isServer, senderKey } from './open-entries.ts';
import { noteRecords } from './record-order.ts';
import { tell } from './story.ts';
import type { Work } from './work.ts';

interface Entry {
  actor: string;
  also_by_till: number;
  terminal: string;
  state: EntryState;
}

const ENTRY: Query<Entry> = {
  text: 'SELECT actor, also_by_till, terminal, state FROM entry WHERE entry_no = ?',
};
const NOTE_TILL: Query = { text: 'UPDATE entry SET also_by_till = 1 WHERE entry_no = ?' };

/**
 * A main that has a message from a server passes it on to nobody, for that server reaches every main
 * itself. When a till hands over the same message, it no longer counts on that server, so from now on
 * the entry goes where the till's messages go, but not back to who brought it. The deliveries stand in
 * their lanes where the entry does, before everything that was taken later.
 */
export async function handOver(work: Work, entryNo: number, message: PackedMessage): Promise<void> {
  if (!message.judge || isServer(message.actor)) return;
  const { sql } = work;
  const entry = await sql.get(ENTRY, entryNo);
  if (entry === undefined || !isServer(entry.actor) || entry.also_by_till === 1) return;
  await sql.run(NOTE_TILL, entryNo);
  const { terminal, state } = entry;
  const destinations = message.destinations.filter((key) => key !== senderKey(entry.actor));
  if ((await addDeliveries(sql, entryNo, { destinations, terminal })) === 0) return;
  await noteRecords(sql, entryNo, message);
  await tell(
    work,
    entryNo,
    'redirected',
    `a till handed it over too: to ${destinations.join(', ')}`,
  );
  await emit(work, 'entry', { entryNo, state, terminal });
}
