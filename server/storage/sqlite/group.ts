import type Database from 'better-sqlite3';
import type { BackroomEvent } from '../../contract/manage.ts';
import { pruneEvents } from '../operations/events.ts';
import type { Work } from '../operations/work.ts';
import type { Sql } from '../sql.ts';
import { faultOf, type Fault } from './faults.ts';
import type { Piece, PieceAnswer } from './protocol.ts';

/** Runs one piece with the transaction it is given. */
export type RunPiece = (work: Work, piece: Piece) => Promise<unknown>;

/** What a group came to. `fault` is set where the group as a whole failed: no piece of it happened. */
interface GroupResult {
  answers: PieceAnswer[];
  events: BackroomEvent[];
  fault: Fault | undefined;
}

/** Runs groups on the write connection. */
export interface GroupRunner {
  run(pieces: readonly Piece[], nowMs: number): Promise<GroupResult>;
}

/** Thrown inside a group to end it as a whole. */
class GroupFailed extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * Group commit: every piece runs in a savepoint of one transaction, so a piece that fails fails alone;
 * one flush then makes all of them safe at once. Where the disk is at fault, or the commit fails, all
 * of them fail.
 */
export function groupRunner(
  database: Database.Database,
  sql: Sql,
  context: Pick<Work, 'models' | 'serverEpoch'>,
  runPiece: RunPiece,
): GroupRunner {
  const [begin, commit, rollback, savepoint, release, undo] = [
    'BEGIN IMMEDIATE',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT piece',
    'RELEASE piece',
    'ROLLBACK TO piece',
  ].map((text) => database.prepare(text)) as Six<Database.Statement>;

  async function attempt(
    piece: Piece,
    nowMs: number,
    events: BackroomEvent[],
  ): Promise<PieceAnswer> {
    savepoint.run();
    const work: Work = { ...context, sql, nowMs, events: [] };
    try {
      const value = await runPiece(work, piece);
      release.run();
      events.push(...work.events);
      return { ok: true, value };
    } catch (error) {
      const fault = faultOf(error);
      // SQLite may have rolled back the whole transaction by itself (a full disk).
      if (fault.code !== 'failed' || !database.inTransaction) throw new GroupFailed(fault);
      undo.run();
      release.run();
      return { ok: false, fault };
    }
  }

  return {
    async run(pieces, nowMs) {
      const answers: PieceAnswer[] = [];
      const events: BackroomEvent[] = [];
      try {
        begin.run();
        for (const piece of pieces) answers.push(await attempt(piece, nowMs, events));
        if (events.length > 0) await pruneEvents(sql);
        commit.run();
        return { answers, events, fault: undefined };
      } catch (error) {
        const fault = error instanceof GroupFailed ? error.fault : groupFault(error);
        if (database.inTransaction) rollback.run();
        return { answers: pieces.map(() => ({ ok: false, fault })), events: [], fault };
      }
    },
  };
}

type Six<T> = [T, T, T, T, T, T];

/** Whatever stops a whole group is at least `broken`: nobody may believe that a piece succeeded. */
function groupFault(error: unknown): Fault {
  const fault = faultOf(error);
  return fault.code === 'full' ? fault : { ...fault, code: 'broken' };
}
