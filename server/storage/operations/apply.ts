import { madeBy } from '../../core/judge.ts';
import type { PackedChange } from '../pack.ts';
import { applyCashup, applyMovement } from './apply-cash.ts';
import { layRecord, writeRecord } from './apply-records.ts';
import { applyTicket, cancelTicket } from './apply-ticket.ts';
import type { Source } from './source.ts';
import type { Work } from './work.ts';

/**
 * Makes the changes of a message, in their order. Returns the keys of what came into being
 * (core/judge), so that whoever waits for it can be judged again. A record that cannot be a row is
 * passed over: at a main the judgement has parked its message before.
 */
export async function applyChanges(
  work: Work,
  changes: readonly PackedChange[],
  source: Source,
  judged: boolean,
): Promise<string[]> {
  for (const change of changes) await applyChange(work, change, source, judged);
  return madeBy(changes);
}

async function applyChange(
  work: Work,
  change: PackedChange,
  source: Source,
  judged: boolean,
): Promise<void> {
  switch (change.kind) {
    case 'record': {
      const laid = await layRecord(work, change, judged);
      if (typeof laid !== 'string') await writeRecord(work, laid, source.terminal);
      return;
    }
    case 'ticket':
      return applyTicket(work, change, source);
    case 'ticketCancel':
      return cancelTicket(work, change.ticketId, source);
    case 'cashMovement':
      return applyMovement(work, change, source);
    case 'cashup':
      return applyCashup(work, change, source);
  }
}
