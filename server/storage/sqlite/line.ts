import { Worker } from 'node:worker_threads';
import type { BackroomEvent } from '../../contract/manage.ts';
import { StorageError, StorageOpenError, type StorageFacts } from '../port.ts';
import type { Clock } from '../../system/ports.ts';
import type { FromWorker, Piece, PieceAnswer, ToWorker, WorkerStart } from './protocol.ts';

interface Waiting {
  piece: Piece;
  transfer: ArrayBuffer | undefined;
  resolve: (value: unknown) => void;
  reject: (error: StorageError) => void;
}

export interface LineOptions {
  clock: Clock;
  /** Pieces that may wait; more are refused as `busy`. */
  bound: number;
  /** Pieces in one group. */
  groupLimit: number;
  onEvents: (events: readonly BackroomEvent[]) => void;
}

type WorkerName = 'writer' | 'reader';

/** Beside this file, as sources under Node's type stripping; compiled, with the extension `.js`. */
const WORKER_URLS: Record<WorkerName, URL> = {
  writer: new URL('./writer.ts', import.meta.url),
  reader: new URL('./reader.ts', import.meta.url),
};

/** Starts a thread, which loads its code and waits to be told to open the database. */
export function startWorker(name: WorkerName, start: WorkerStart): Worker {
  const { href } = WORKER_URLS[name];
  const url = import.meta.url.endsWith('.ts') ? href : href.replace(/\.ts$/, '.js');
  return new Worker(new URL(url), { workerData: start });
}

/** Opens the database in a worker; fails with {@link StorageOpenError} where it cannot serve. */
export async function openLine(worker: Worker, options: LineOptions): Promise<Line> {
  return new Line(worker, await readyFacts(worker), options);
}

function readyFacts(worker: Worker): Promise<StorageFacts> {
  return new Promise((resolve, reject) => {
    const refuse = (code: StorageOpenError['code'], message: string, cause?: unknown): void => {
      void worker.terminate();
      reject(new StorageOpenError(code, message, { cause }));
    };
    worker.once('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message.facts);
      else if (message.kind === 'refused') refuse(message.code, message.message);
    });
    worker.once('error', (error) =>
      refuse('broken', `The storage thread did not start: ${String(error)}`, error),
    );
    worker.postMessage({ kind: 'open' } satisfies ToWorker);
  });
}

/**
 * A worker and the line of those who wait for it. There is no timer: while a group is under way the
 * next one gathers, so groups grow with the load and with the slowness of the disk.
 *
 * `open`: takes what is asked. `closing`: serves what waits, takes nothing new. `ended`: the worker is
 * gone or told to go; `#end` says why whoever still asks is refused.
 */
export class Line {
  readonly facts: StorageFacts;
  readonly #worker: Worker;
  readonly #options: LineOptions;
  readonly #waiting: Waiting[] = [];
  /** The group that the worker has; empty when it is idle. */
  #underWay: Waiting[] = [];
  #scheduled = false;
  #state: 'open' | 'closing' | 'ended' = 'open';
  #end = new StorageError('closed', 'the storage is closing');
  readonly #gone = Promise.withResolvers<undefined>();

  constructor(worker: Worker, facts: StorageFacts, options: LineOptions) {
    this.facts = facts;
    this.#worker = worker;
    this.#options = options;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'answers') this.#settle(message);
    });
    worker.on('error', (cause) => {
      this.#refuseAll(new StorageError('broken', 'the storage thread failed', { cause }));
    });
    worker.on('exit', () => {
      if (this.#state !== 'ended') {
        this.#refuseAll(new StorageError('broken', 'the storage thread ended'));
      }
      this.#gone.resolve(undefined);
    });
  }

  /** Asks for an operation. `transfer` is a buffer of its values that is given away to the worker. */
  ask(operation: string, values: readonly unknown[], transfer?: ArrayBuffer): Promise<unknown> {
    if (this.#state !== 'open') return Promise.reject(this.#end);
    const { bound } = this.#options;
    if (this.#waiting.length >= bound) {
      const text = `${bound} operations wait for the disk already`;
      return Promise.reject(new StorageError('busy', text));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ piece: { operation, values }, transfer, resolve, reject });
      this.#schedule();
    });
  }

  /** Finishes what waits and ends the worker. */
  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    this.#schedule();
    await this.#gone.promise;
  }

  /** Lets what is asked in the same turn of the loop travel in one group. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#next();
    });
  }

  #next(): void {
    if (this.#underWay.length > 0 || this.#state === 'ended') return;
    if (this.#waiting.length > 0) {
      this.#send(this.#waiting.splice(0, this.#options.groupLimit));
    } else if (this.#state === 'closing') {
      this.#state = 'ended';
      this.#post({ kind: 'close' });
    }
  }

  #send(group: Waiting[]): void {
    this.#underWay = group;
    const pieces = group.map(({ piece }) => piece);
    const transfer = group.flatMap((item) => item.transfer ?? []);
    this.#post({ kind: 'group', nowMs: this.#options.clock.nowMs(), pieces }, transfer);
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #settle({ answers, events }: Extract<FromWorker, { kind: 'answers' }>): void {
    const group = this.#underWay;
    this.#underWay = [];
    for (const [index, item] of group.entries()) answer(item, answers[index]);
    if (events.length > 0) this.#options.onEvents(events);
    this.#schedule();
  }

  #refuseAll(error: StorageError): void {
    this.#state = 'ended';
    this.#end = error;
    for (const { reject } of [...this.#underWay, ...this.#waiting.splice(0)]) reject(error);
    this.#underWay = [];
  }
}

function answer({ resolve, reject }: Waiting, result: PieceAnswer | undefined): void {
  if (result === undefined) {
    reject(new StorageError('broken', 'the storage thread answered too little'));
  } else if (result.ok) {
    resolve(result.value);
  } else {
    reject(new StorageError(result.fault.code, result.fault.message));
  }
}
