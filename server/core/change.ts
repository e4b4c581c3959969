import type { JsonObject } from '../contract/json.ts';

/**
 * What a message does, as its module understands it: read once from the message, before storage, by
 * a pure function; applied by storage in the same transaction that takes the message.
 */
export type Change =
  RecordChange | TicketChange | TicketCancelChange | CashMovementChange | CashupChange;

/** A row of master data is created or edited by a till (a customer, an address). */
export interface RecordChange {
  kind: 'record';
  model: string;
  id: string;
  /** The members that the till sent; they are laid over the row that is there. */
  values: JsonObject;
  /** The row's `loaded` as the till last saw it (UTC ISO); null for a new row. */
  loadedAt: string | null;
}

/** A ticket of any document kind. Amounts are minor units of the terminal's currency. */
export interface TicketChange {
  kind: 'ticket';
  id: string;
  documentNo: string;
  documentKind: 'sale' | 'return' | 'layaway' | 'quotation' | 'void';
  organization: string;
  businessPartner: string | null;
  /** UTC ISO, the till's clock. */
  orderedAt: string;
  grossMinor: number;
  netMinor: number;
  cashupId: string | null;
  /** The row's `loaded` as the till last saw it; null for a new ticket. */
  loadedAt: string | null;
  record: JsonObject;
}

/** A layaway is cancelled. */
export interface TicketCancelChange {
  kind: 'ticketCancel';
  ticketId: string;
  record: JsonObject;
}

export interface CashMovementChange {
  kind: 'cashMovement';
  id: string;
  cashupId: string | null;
  movement: 'deposit' | 'drop';
  /** Minor units, never negative. */
  amountMinor: number;
  record: JsonObject;
}

export interface CashupChange {
  kind: 'cashup';
  id: string;
  processed: boolean;
  /** The tickets that the cash-up counts, where the till says so (our router does). */
  ticketIds: readonly string[];
  record: JsonObject;
}

/** A record that must be known to a main before the message can be applied. */
export type Need = { kind: 'record'; model: string; id: string } | { kind: 'ticket'; id: string };

/**
 * A message understood. `makes` are the record ids that it creates or changes or, as a ticket does to
 * its cash-up, contributes to; `orderedAfter` are the record ids whose earlier makers must reach a
 * destination before it (architecture, decision 11).
 */
export interface Understanding {
  changes: Change[];
  needs: Need[];
  makes: string[];
  orderedAfter: string[];
}

/** Either understood, or kept as it is with the reason; a sale is never refused for its content. */
export type Reading = { ok: true; understanding: Understanding } | { ok: false; reason: string };
