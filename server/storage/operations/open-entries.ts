/**
 * The numbers of entries that have not reached all their destinations: at a store those that are not
 * confirmed, also without any delivery; at a main, where an entry's state is its judgement, those with
 * a delivery that is not acknowledged. Each part repeats the condition of an index word for word.
 */
export const OPEN_ENTRIES = `
  SELECT entry_no FROM entry WHERE state IN ('queued', 'waiting', 'parked') AND judged = 0
  UNION SELECT entry_no FROM delivery WHERE state = 'waiting'
  UNION SELECT entry_no FROM delivery WHERE state = 'claimed'
  UNION SELECT entry_no FROM delivery WHERE state = 'parked'
  UNION SELECT entry_no FROM delivery AS gone WHERE state = 'withdrawn' AND EXISTS (
      SELECT 1 FROM entry WHERE entry.entry_no = gone.entry_no AND entry.judged = 1)
    AND NOT EXISTS (
      SELECT 1 FROM delivery AS done
      WHERE done.entry_no = gone.entry_no AND done.state = 'acknowledged')`;

/** Who handed an entry over, as far as it decides where it goes: a server's actor, '' for tills. */
export const SENDER = `CASE WHEN entry.actor LIKE 'server:%' THEN entry.actor ELSE '' END`;

const SERVER = 'server:';

/** Whether an actor is a server, and no till's user. */
export function isServer(actor: string): boolean {
  return actor.startsWith(SERVER);
}

/** The server's key behind {@link SENDER}, or behind a server's actor; null for tills. */
export function senderKey(sender: string): string | null {
  return isServer(sender) ? sender.slice(SERVER.length) : null;
}

/** What {@link SENDER} gives for a server's key. */
export function senderText(key: string | null): string {
  return key === null ? '' : SERVER + key;
}
