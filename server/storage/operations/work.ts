import type { BackroomEvent } from '../../contract/manage.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import type { Sql } from '../sql.ts';

/**
 * What an operation works with: one transaction (or one savepoint of a group), the time it was handed
 * over, and the events it causes. An operation that fails leaves nothing behind, its events included.
 */
export interface Work {
  sql: Sql;
  /** Epoch ms of the injected clock when the operation was handed over. */
  nowMs: number;
  models: ReadonlyMap<string, ModelDeclaration>;
  serverEpoch: number;
  events: BackroomEvent[];
}

/** UTC ISO text of an epoch time. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** UTC ISO text of an epoch time that may be missing. */
export function isoOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoOf(epochMs);
}
