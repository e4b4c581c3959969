import { isJsonObject, type JsonObject } from '../../contract/json.ts';
import type { PackedChange } from '../pack.ts';
import type { Query, Sql } from '../sql.ts';
import { raiseFloor } from './document-floors.ts';
import type { Source } from './source.ts';
import type { Work } from './work.ts';

export type PackedTicket = Extract<PackedChange, { kind: 'ticket' }>;

interface Stored {
  document_kind: string;
  ordered_at_ms: number;
  gross_minor: number;
  cancelled: number;
  version_ms: number;
}

const FIND: Query<Stored> = {
  text: `SELECT document_kind, ordered_at_ms, gross_minor, cancelled, version_ms
    FROM ticket WHERE id = ?`,
};
const PARTNER: Query<{ json: string }> = {
  text: `SELECT json FROM record WHERE model = 'BusinessPartner' AND id = ? LIMIT 1`,
};
const PUT: Query = {
  text: `INSERT INTO ticket (id, entry_no, document_no, document_kind, terminal, organization,
      business_partner, business_partner_name, search_text, ordered_at_ms, gross_minor, net_minor,
      cashup_id, cancelled, version_ms, writer, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET entry_no = excluded.entry_no,
      document_no = excluded.document_no, document_kind = excluded.document_kind,
      organization = excluded.organization, business_partner = excluded.business_partner,
      business_partner_name = excluded.business_partner_name, search_text = excluded.search_text,
      ordered_at_ms = excluded.ordered_at_ms, gross_minor = excluded.gross_minor,
      net_minor = excluded.net_minor, cashup_id = excluded.cashup_id,
      version_ms = excluded.version_ms, writer = excluded.writer, record = excluded.record`,
};
const CANCEL: Query = {
  text: `UPDATE ticket SET cancelled = 1, version_ms = version_ms + 1, writer = ?, entry_no = ?
    WHERE id = ?`,
};
const TOTAL: Query = {
  text: `INSERT INTO ticket_total (quarter_ms, tickets, gross_minor) VALUES (?, ?, ?)
    ON CONFLICT (quarter_ms) DO UPDATE SET tickets = ticket_total.tickets + excluded.tickets,
      gross_minor = ticket_total.gross_minor + excluded.gross_minor`,
};

/** Days of every time zone begin on a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;

/**
 * Writes a ticket. Its version grows by rules that only look at what the tills sent, so a store and
 * its mains, which apply the same messages in the same order, give it the same version.
 */
export async function applyTicket(
  work: Work,
  change: PackedTicket,
  { terminal, entryNo }: Source,
): Promise<void> {
  const { sql } = work;
  const before = await sql.get(FIND, change.id);
  const orderedAtMs = Date.parse(change.orderedAt) || 0;
  const partner = await partnerName(sql, change);
  await sql.run(
    PUT,
    change.id,
    entryNo,
    change.documentNo,
    change.documentKind,
    terminal,
    change.organization,
    change.businessPartner,
    partner,
    `${change.documentNo}\n${partner ?? ''}`.toLowerCase(),
    orderedAtMs,
    change.grossMinor,
    change.netMinor,
    change.cashupId,
    before?.cancelled ?? 0,
    Math.max(orderedAtMs, (before?.version_ms ?? -1) + 1),
    terminal,
    change.record,
  );
  if (before) await addToTotal(sql, before, -1);
  await addToTotal(
    sql,
    {
      document_kind: change.documentKind,
      ordered_at_ms: orderedAtMs,
      gross_minor: change.grossMinor,
      cancelled: before?.cancelled ?? 0,
    },
    1,
  );
  await raiseFloor(sql, change.documentNo);
}

/** Marks a ticket as cancelled; nothing happens where it is not here (a store that came later). */
export async function cancelTicket(
  { sql }: Work,
  ticketId: string,
  { terminal, entryNo }: Source,
): Promise<void> {
  const before = await sql.get(FIND, ticketId);
  if (before === undefined || before.cancelled === 1) return;
  await sql.run(CANCEL, terminal, entryNo, ticketId);
  await addToTotal(sql, before, -1);
}

/** Keeps count and money of sales less returns by quarter of an hour. */
async function addToTotal(
  sql: Sql,
  ticket: Omit<Stored, 'version_ms'>,
  sign: 1 | -1,
): Promise<void> {
  const { document_kind, gross_minor, cancelled } = ticket;
  if (cancelled === 1 || (document_kind !== 'sale' && document_kind !== 'return')) return;
  const gross = document_kind === 'return' ? -Math.abs(gross_minor) : gross_minor;
  const quarterMs = Math.floor(ticket.ordered_at_ms / QUARTER_MS) * QUARTER_MS;
  await sql.run(TOTAL, quarterMs, sign, sign * gross);
}

/** The customer's name for searches: from master data, else from the ticket itself. */
async function partnerName(sql: Sql, change: PackedTicket): Promise<string | null> {
  if (change.businessPartner === null) return null;
  const row = await sql.get(PARTNER, change.businessPartner);
  if (row) return nameIn(JSON.parse(row.json) as JsonObject);
  const record = JSON.parse(change.record) as JsonObject;
  return isJsonObject(record['bp']) ? nameIn(record['bp']) : null;
}

function nameIn(object: JsonObject): string | null {
  const name = object['name'] ?? object['_identifier'];
  return typeof name === 'string' ? name : null;
}
