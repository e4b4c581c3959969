import { parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { READS } from '../operations/index.ts';
import type { Work } from '../operations/work.ts';
import type { Sql } from '../sql.ts';
import { openConnection, sqlOn } from './connection.ts';
import { faultOf } from './faults.ts';
import type { FromWorker, Piece, PieceAnswer, ToWorker, WorkerStart } from './protocol.ts';

/**
 * The reader's thread: a connection that cannot write. Every operation sees one snapshot.
 */
const { path, models } = workerData as WorkerStart;
const modelsByName = new Map(models.map((model) => [model.name, model]));
let connection: Reader | undefined;

/** The open connection with what is prepared on it. */
interface Reader {
  database: Database.Database;
  sql: Sql;
  begin: Database.Statement;
  end: Database.Statement;
}

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function open(): void {
  const { database, facts } = openConnection(path, { readonly: true });
  const [begin, end] = [database.prepare('BEGIN'), database.prepare('ROLLBACK')];
  connection = { database, sql: sqlOn(database), begin, end };
  send({
    kind: 'ready',
    facts: { engine: 'sqlite', path, ...facts, schemaVersion: 0, serverEpoch: 0 },
  });
}

async function read(
  { database, sql, begin, end }: Reader,
  { operation, values }: Piece,
  nowMs: number,
): Promise<PieceAnswer> {
  const run = READS[operation as keyof typeof READS] as (
    work: Work,
    ...values: readonly unknown[]
  ) => Promise<unknown>;
  const work: Work = { sql, nowMs, models: modelsByName, serverEpoch: 0, events: [] };
  try {
    begin.run();
    return { ok: true, value: await run(work, ...values) };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  } finally {
    if (database.inTransaction) end.run();
  }
}

async function readAll(pieces: readonly Piece[], nowMs: number): Promise<void> {
  const answers: PieceAnswer[] = [];
  for (const piece of pieces) if (connection) answers.push(await read(connection, piece, nowMs));
  send({ kind: 'answers', answers, events: [] });
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'open':
      open();
      return;
    case 'group':
      void readAll(message.pieces, message.nowMs);
      return;
    case 'close':
      connection?.database.close();
      parentPort?.close();
  }
});
