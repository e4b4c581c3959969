import type { QueueLog } from '../queue.ts';
import type { QueueRecord } from '../queue-state.ts';

/** The queue's log of a till that keeps nothing: it ends with the page. */
export class MemoryQueueLog implements QueueLog {
  #records: QueueRecord[] = [];

  read(): Promise<QueueRecord[]> {
    return Promise.resolve(structuredClone(this.#records));
  }

  append(records: readonly QueueRecord[]): Promise<void> {
    this.#records.push(...structuredClone(records));
    return Promise.resolve();
  }

  replace(records: readonly QueueRecord[]): Promise<void> {
    this.#records = structuredClone([...records]);
    return Promise.resolve();
  }
}
