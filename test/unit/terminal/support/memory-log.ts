import type { QueueLog } from '../../../../terminal/queue.ts';
import type { QueueRecord } from '../../../../terminal/queue-state.ts';

/** A queue's log in memory. `fail` makes the next write fail, as a full disk does. */
export class MemoryLog implements QueueLog {
  records: QueueRecord[] = [];
  fail = false;
  replaced = 0;

  read(): Promise<QueueRecord[]> {
    return Promise.resolve(structuredClone(this.records));
  }

  append(records: readonly QueueRecord[]): Promise<void> {
    if (this.fail) return Promise.reject(new Error('no space left on device'));
    this.records.push(...structuredClone(records));
    return Promise.resolve();
  }

  replace(records: readonly QueueRecord[]): Promise<void> {
    this.records = [...structuredClone(records)];
    this.replaced += 1;
    return Promise.resolve();
  }
}
