import type { RecordKind } from './book.ts';

/**
 * The till's own account of what it did, kept apart from the queue and never shortened, so that the
 * books of a server can be compared with something that the server's path does not touch.
 * `made` is written when the record is on the till's disk, `accepted` at the first server's receipt,
 * `confirmed` when the till was told that every main has it. A line of each kind at most for a message.
 */
export type JournalLine =
  | {
      what: 'made';
      /** The terminal's id. */
      terminal: string;
      kind: RecordKind;
      id: string;
      messageId: string;
      documentNo: string | null;
      /** Minor units, negative for a return; 0 for what is no ticket. */
      grossMinor: number;
      tillSeq: number;
      /** Epoch ms by the till's clock, here and below. */
      atMs: number;
    }
  | { what: 'accepted'; messageId: string; atMs: number }
  | { what: 'confirmed'; messageId: string; atMs: number };

export interface Journal {
  /** Resolves when the line would survive a loss of power; a line that is there already is left out. */
  write(line: JournalLine): Promise<void>;
  /** Counts of sales, and their sum, from the first line on. */
  totals(): JournalTotals;
}

export interface JournalTotals {
  sold: number;
  accepted: number;
  confirmed: number;
  /** Sales less returns, minor units. */
  grossMinor: number;
  others: { customers: number; returns: number; cashMovements: number; cashUps: number };
}
