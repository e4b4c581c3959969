import { createHash } from 'node:crypto';
import type { ClaimQuery, ClaimedDelivery, Settlement } from '../../../server/storage/port.ts';
import { StorageError } from '../../../server/storage/port.ts';

interface Row extends ClaimedDelivery {
  state: 'waiting' | 'claimed' | 'acknowledged' | 'parked';
  error: string | null;
}

/** The part of storage that a forwarder sees, in memory: one destination, lanes by terminal. */
export class FakeOutbox {
  readonly rows: Row[] = [];
  readonly settlements: Settlement[] = [];
  readonly queries: ClaimQuery[] = [];
  /** Calls that fail before they do anything: the next ones of each method. */
  readonly failing = { claim: 0, settle: 0 };
  claims = 0;
  readonly #lanes = new Map<string, { attempts: number; dueMs: number }>();

  add(terminal: string, messageId: string, text = `{"messageId":"${messageId}"}`): Row {
    const body = new TextEncoder().encode(text);
    const row: Row = {
      deliveryNo: this.rows.length + 1,
      entryNo: this.rows.length + 1,
      claim: 0,
      messageId,
      digest: createHash('sha256').update(body).digest('hex'),
      service: 'OrderLoader',
      terminal,
      body,
      laneAttempts: 0,
      state: 'waiting',
      error: null,
    };
    this.rows.push(row);
    return row;
  }

  claim(query: ClaimQuery): Promise<ClaimedDelivery[]> {
    const { nowMs, limit } = query;
    this.claims += 1;
    this.queries.push(query);
    if (this.#fails('claim')) return Promise.reject(new StorageError('busy', 'its line is full'));
    const due = this.rows
      .filter(({ state, terminal }) => state === 'waiting' && this.#lane(terminal).dueMs <= nowMs)
      .slice(0, limit);
    for (const row of due) {
      row.state = 'claimed';
      row.claim += 1;
      row.laneAttempts = this.#lane(row.terminal).attempts;
    }
    return Promise.resolve(due.map((row) => ({ ...row })));
  }

  settle(settlements: readonly Settlement[]): Promise<void> {
    if (this.#fails('settle'))
      return Promise.reject(new StorageError('broken', 'the disk is gone'));
    this.settlements.push(...settlements);
    for (const settlement of settlements) {
      const row = this.rows[settlement.deliveryNo - 1];
      if (row?.state !== 'claimed' || row.claim !== settlement.claim) continue;
      const lane = this.#lane(row.terminal);
      row.error = 'error' in settlement ? settlement.error : null;
      switch (settlement.result) {
        case 'acknowledged':
          row.state = 'acknowledged';
          lane.attempts = 0;
          break;
        case 'retry':
          row.state = 'waiting';
          lane.attempts += 1;
          lane.dueMs = settlement.nextAttemptMs;
          break;
        case 'rejected':
          row.state = 'parked';
          break;
        case 'interrupted':
          row.state = 'waiting';
          break;
      }
    }
    return Promise.resolve();
  }

  nextDueMs(): Promise<number | null> {
    const due = this.rows
      .filter(({ state }) => state === 'waiting')
      .map(({ terminal }) => this.#lane(terminal).dueMs);
    return Promise.resolve(due.length === 0 ? null : Math.min(...due));
  }

  states(): Record<string, string> {
    return Object.fromEntries(this.rows.map(({ messageId, state }) => [messageId, state]));
  }

  #fails(method: 'claim' | 'settle'): boolean {
    if (this.failing[method] === 0) return false;
    this.failing[method] -= 1;
    return true;
  }

  #lane(terminal: string): { attempts: number; dueMs: number } {
    const lane = this.#lanes.get(terminal) ?? { attempts: 0, dueMs: 0 };
    this.#lanes.set(terminal, lane);
    return lane;
  }
}
