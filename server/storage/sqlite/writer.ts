import { parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { WRITES } from '../operations/index.ts';
import type { Work } from '../operations/work.ts';
import { StorageOpenError } from '../port.ts';
import { sqlOn } from './connection.ts';
import { faultOf, type Fault } from './faults.ts';
import { groupRunner, type GroupRunner } from './group.ts';
import { openForWriting } from './prepare.ts';
import type { FromWorker, Piece, PieceAnswer, ToWorker, WorkerStart } from './protocol.ts';

/**
 * The writer's thread. It owns the only write connection, runs a group, commits, answers all of it in
 * one message. After a fault of the disk it is fenced: nothing is written before the database has been
 * opened anew and has taken a commit.
 */
const { path, models, nowMs } = workerData as WorkerStart;
const modelsByName = new Map(models.map((model) => [model.name, model]));
let database: Database.Database | undefined;
let runner: GroupRunner | undefined;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function open(atMs: number): Promise<void> {
  const opened = await openForWriting(path, atMs);
  database = opened.database;
  const { serverEpoch } = opened.facts;
  const context = { models: modelsByName, serverEpoch };
  runner = groupRunner(database, sqlOn(database), context, runPiece);
  send({ kind: 'ready', facts: opened.facts });
}

/** An operation by its name: the facade's types have matched its arguments. */
function runPiece(work: Work, { operation, values }: Piece): Promise<unknown> {
  const run = WRITES[operation as keyof typeof WRITES] as (
    work: Work,
    ...values: readonly unknown[]
  ) => Promise<unknown>;
  return run(work, ...values);
}

function fence(): void {
  try {
    database?.close();
  } catch {
    // The connection is given up either way; what failed was told when it failed.
  }
  database = undefined;
  runner = undefined;
}

async function unfence(atMs: number): Promise<Fault | undefined> {
  try {
    await open(atMs);
    const result = await runner?.run([], atMs);
    return result?.fault;
  } catch (error) {
    return { code: 'broken', message: faultOf(error).message };
  }
}

async function runGroup(pieces: readonly Piece[], atMs: number): Promise<void> {
  const fault = runner === undefined ? await unfence(atMs) : undefined;
  if (runner === undefined || fault !== undefined) {
    fence();
    const why = fault ?? { code: 'broken', message: 'the database is closed' };
    const answers = pieces.map((): PieceAnswer => ({ ok: false, fault: why }));
    send({ kind: 'answers', answers, events: [] });
    return;
  }
  const result = await runner.run(pieces, atMs);
  if (result.fault !== undefined) fence();
  send({ kind: 'answers', answers: result.answers, events: result.events });
}

async function openFirst(): Promise<void> {
  try {
    await open(nowMs);
  } catch (error) {
    const code = error instanceof StorageOpenError ? error.code : 'broken';
    send({ kind: 'refused', code, message: faultOf(error).message });
  }
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'open':
      void openFirst();
      return;
    case 'group':
      void runGroup(message.pieces, message.nowMs);
      return;
    case 'close':
      fence();
      parentPort?.close();
  }
});
