import type { Query, Sql } from '../sql.ts';

interface Blocker {
  entry_no: number;
  terminal: string;
  state: string;
}

/**
 * The planner would begin with all makers: CROSS JOIN keeps SQLite to the order that is written, and
 * means no more than a join elsewhere.
 */
const BLOCKERS: Query<Blocker> = {
  text: `SELECT DISTINCT delivery.entry_no, delivery.terminal, delivery.state
    FROM entry_after AS later CROSS JOIN entry_makes AS maker CROSS JOIN delivery
    WHERE later.entry_no = ?
      AND maker.record_id = later.record_id AND maker.entry_no < later.entry_no
      AND delivery.entry_no = maker.entry_no AND delivery.destination = ?
      AND delivery.state IN ('waiting', 'claimed', 'parked')`,
};

/**
 * How an entry stands at a destination. `free`: it may be sent. `held`: it comes after one that is
 * parked, so only a person can free it. `behind`: it comes after one that is still on its way.
 */
type Verdict = 'free' | 'held' | 'behind';

/** Judges entries during one claim. */
export interface Standing {
  of(entryNo: number, terminal: string): Promise<Verdict>;
  /** Notes that the claim takes an entry: what follows it in its own lane is sent after it. */
  takes(entryNo: number): void;
}

/** Entries are judged once; what they come after has smaller numbers, so the question ends. */
export function standingAt(sql: Sql, destination: string): Standing {
  const taken = new Set<number>();
  const held = new Map<number, boolean>();

  async function isHeld(entryNo: number): Promise<boolean> {
    const known = held.get(entryNo);
    if (known !== undefined) return known;
    const blockers = await sql.all(BLOCKERS, entryNo, destination);
    const verdict = await holds(blockers);
    held.set(entryNo, verdict);
    return verdict;
  }

  async function holds(blockers: readonly Blocker[]): Promise<boolean> {
    if (blockers.some(({ state }) => state === 'parked')) return true;
    for (const { entry_no: entryNo, state } of blockers) {
      if (state === 'waiting' && !taken.has(entryNo) && (await isHeld(entryNo))) return true;
    }
    return false;
  }

  return {
    takes: (entryNo) => void taken.add(entryNo),
    async of(entryNo, terminal) {
      const blockers = (await sql.all(BLOCKERS, entryNo, destination)).filter(
        (blocker) => blocker.terminal !== terminal || !taken.has(blocker.entry_no),
      );
      if (blockers.length === 0) return 'free';
      return (await holds(blockers)) ? 'held' : 'behind';
    },
  };
}
