import { z } from 'zod';
import type { Need } from '../../../../core/change.ts';
import { decimal, flag, name, optionalName, references } from './fields.ts';
import { distinct, minorUnits, readerOf, UNKNOWN_TERMINAL } from './read.ts';

const movementSchema = z.looseObject({
  id: name,
  type: z
    .string()
    .transform((type) => type.toLowerCase())
    .pipe(z.enum(['deposit', 'drop'])),
  amount: decimal,
  cashup_id: optionalName,
});

/** ProcessCashMgmt: cash put into a drawer or taken out of it; it contributes to its cash-up. */
export const readCashMovement = readerOf(
  'cash movement',
  movementSchema,
  (movement, record, terminal) => {
    if (terminal === undefined) return { reason: UNKNOWN_TERMINAL };
    const amountMinor = minorUnits('amount', movement.amount, terminal);
    if (typeof amountMinor !== 'number') return amountMinor;
    // A negative deposit might be meant as a drop, or be a mistake: a person decides.
    if (amountMinor < 0) return { reason: `"amount" is negative: ${movement.amount}` };
    return {
      changes: [
        {
          kind: 'cashMovement',
          id: movement.id,
          cashupId: movement.cashup_id,
          movement: movement.type,
          amountMinor,
          record,
        },
      ],
      needs: [],
      makes: distinct([movement.id, movement.cashup_id]),
      orderedAfter: [movement.id],
    };
  },
);

const cashupSchema = z.looseObject({
  id: name,
  isprocessed: flag,
  /** From our own router: every ticket that the cash-up counts. */
  ticketIds: references,
  cashMgmtIds: references,
});

/**
 * ProcessCashClose: the state of a cash-up, opened or processed. It comes after everything that
 * carries its id, and needs the tickets that it counts.
 */
export const readCashup = readerOf('cash-up', cashupSchema, (cashup, record) => {
  const needs = cashup.ticketIds.map((id): Need => ({ kind: 'ticket', id }));
  return {
    changes: [
      {
        kind: 'cashup',
        id: cashup.id,
        processed: cashup.isprocessed,
        ticketIds: cashup.ticketIds,
        record,
      },
    ],
    needs,
    makes: [cashup.id],
    orderedAfter: distinct([cashup.id, ...cashup.ticketIds, ...cashup.cashMgmtIds]),
  };
});
