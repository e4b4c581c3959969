import type { AuditLine } from '../port.ts';
import type { Query } from '../sql.ts';
import type { Work } from './work.ts';

const APPEND: Query = {
  text: 'INSERT INTO audit (at_ms, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)',
};

/** Appends to the audit table. */
export async function audit({ sql, nowMs }: Work, line: AuditLine): Promise<void> {
  const { actor, action, subject, detail } = line;
  await sql.run(APPEND, nowMs, actor, action, subject, JSON.stringify(detail));
}
