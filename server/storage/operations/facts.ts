import type { JsonObject } from '../../contract/json.ts';
import type { Query } from '../sql.ts';
import type { Work } from './work.ts';

const READ: Query<{ value: string }> = { text: 'SELECT value FROM fact WHERE name = ?' };
const WRITE: Query = {
  text: `INSERT INTO fact (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

/** A fact about this server by name. */
export async function fact({ sql }: Work, name: string): Promise<JsonObject | undefined> {
  const row = await sql.get(READ, name);
  return row && (JSON.parse(row.value) as JsonObject);
}

/** Writes a fact over the one before. */
export async function setFact({ sql }: Work, name: string, value: JsonObject): Promise<void> {
  await sql.run(WRITE, name, JSON.stringify(value));
}
