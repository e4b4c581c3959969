import type { Storage } from '../port.ts';
import type { Query } from '../sql.ts';
import { emit } from './events.ts';
import { noteTaker } from './takers.ts';
import type { Work } from './work.ts';

const SEE: Query = {
  text: `INSERT INTO terminal_status (terminal, last_seen_ms, unsent, last_seq, app_version)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (terminal) DO UPDATE SET last_seen_ms = excluded.last_seen_ms,
      unsent = coalesce(excluded.unsent, terminal_status.unsent),
      last_seq = coalesce(excluded.last_seq, terminal_status.last_seq),
      app_version = coalesce(excluded.app_version, terminal_status.app_version)`,
};

/** A till said it is there. What it does not say stays as it said before. */
export async function seeTill(work: Work, till: Parameters<Storage['seeTill']>[0]): Promise<void> {
  const { terminal, unsent, lastSeq, appVersion, edition = null } = till;
  await work.sql.run(SEE, terminal, work.nowMs, unsent, lastSeq, appVersion);
  if (edition !== null) {
    await noteTaker(work, { kind: 'till', id: terminal, edition, reportedMs: work.nowMs });
  }
  await emit(work, 'till', { terminal });
}
