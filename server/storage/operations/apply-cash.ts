import type { PackedChange } from '../pack.ts';
import type { Query } from '../sql.ts';
import type { Source } from './source.ts';
import type { Work } from './work.ts';

const PUT_MOVEMENT: Query = {
  text: `INSERT INTO cash_movement
      (id, entry_no, terminal, cashup_id, movement, amount_minor, record)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET entry_no = excluded.entry_no, cashup_id = excluded.cashup_id,
      movement = excluded.movement, amount_minor = excluded.amount_minor, record = excluded.record`,
};
const PUT_CASHUP: Query = {
  text: `INSERT INTO cashup (id, opened_entry_no, terminal, processed, record)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET processed = excluded.processed, record = excluded.record`,
};

/** Writes a deposit or drop. */
export async function applyMovement(
  { sql }: Work,
  change: Extract<PackedChange, { kind: 'cashMovement' }>,
  { terminal, entryNo }: Source,
): Promise<void> {
  await sql.run(
    PUT_MOVEMENT,
    change.id,
    entryNo,
    terminal,
    change.cashupId,
    change.movement,
    change.amountMinor,
    change.record,
  );
}

/** Writes a cash-up as its till says it is now. */
export async function applyCashup(
  { sql }: Work,
  change: Extract<PackedChange, { kind: 'cashup' }>,
  { terminal, entryNo }: Source,
): Promise<void> {
  await sql.run(PUT_CASHUP, change.id, entryNo, terminal, change.processed ? 1 : 0, change.record);
}
