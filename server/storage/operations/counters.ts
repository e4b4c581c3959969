import type { EntryState } from '../../contract/manage.ts';
import type { Query, Sql } from '../sql.ts';

const ADD: Query<{ value: number }> = {
  text: `INSERT INTO counter (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value`,
};
const READ: Query<{ value: number }> = { text: 'SELECT value FROM counter WHERE name = ?' };
const COUNT: Query = {
  text: `INSERT INTO entry_count (terminal, state, entries) VALUES (?, ?, ?)
    ON CONFLICT (terminal, state) DO UPDATE SET entries = entry_count.entries + excluded.entries`,
};

type CounterName = 'claim' | 'definitions_version' | 'server_epoch';

/** Raises a counter and gives its new value. */
export async function raise(sql: Sql, name: CounterName, by = 1): Promise<number> {
  const row = await sql.get(ADD, name, by);
  if (row === undefined) throw new Error(`counter ${name} was not raised`);
  return row.value;
}

/** The value of a counter; 0 before it was raised first. */
export async function counter(sql: Sql, name: CounterName): Promise<number> {
  return (await sql.get(READ, name))?.value ?? 0;
}

/** Keeps the number of entries by terminal and state, so that no screen has to count rows. */
export async function countEntry(
  sql: Sql,
  terminal: string,
  from: EntryState | null,
  to: EntryState,
): Promise<void> {
  if (from === to) return;
  if (from !== null) await sql.run(COUNT, terminal, from, -1);
  await sql.run(COUNT, terminal, to, 1);
}
