import type { BackroomEvent } from '../../contract/manage.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import type { StorageFacts, StorageOpenError } from '../port.ts';
import type { Fault } from './faults.ts';

/** What a worker is started with. */
export interface WorkerStart {
  path: string;
  models: readonly ModelDeclaration[];
  /** Epoch ms of the injected clock: workers have no clock of their own. */
  nowMs: number;
}

/** One operation. */
export interface Piece {
  operation: string;
  values: readonly unknown[];
}

/** Main thread to worker. `open` comes first; a group is answered in one message, in its order. */
export type ToWorker =
  { kind: 'open' } | { kind: 'group'; nowMs: number; pieces: readonly Piece[] } | { kind: 'close' };

export type PieceAnswer = { ok: true; value: unknown } | { ok: false; fault: Fault };

/** Worker to main thread. */
export type FromWorker =
  | { kind: 'ready'; facts: StorageFacts }
  | { kind: 'refused'; code: StorageOpenError['code']; message: string }
  | { kind: 'answers'; answers: readonly PieceAnswer[]; events: readonly BackroomEvent[] };
