import type { JsonObject } from '../../contract/json.ts';
import type { TicketHead, TicketQuery } from '../port.ts';
import type { Query, SqlValue } from '../sql.ts';
import { isoOf, type Work } from './work.ts';

interface HeadRow {
  id: string;
  document_no: string;
  document_kind: TicketHead['documentKind'];
  terminal: string;
  organization: string;
  business_partner: string | null;
  business_partner_name: string | null;
  ordered_at_ms: number;
  gross_minor: number;
  net_minor: number;
  cancelled: number;
  version_ms: number;
}

const HEAD = `id, document_no, document_kind, terminal, organization, business_partner,
  business_partner_name, ordered_at_ms, gross_minor, net_minor, cancelled, version_ms`;
const ONE: Query<HeadRow & { record: string }> = {
  text: `SELECT ${HEAD}, record FROM ticket WHERE id = ?`,
};
const CASHUP: Query<{ processed: number; record: string }> = {
  text: `SELECT processed, record FROM cashup WHERE terminal = ?
    ORDER BY opened_entry_no DESC LIMIT 1`,
};

/** Tickets for a search, newest first. */
export async function findTickets({ sql }: Work, search: TicketQuery): Promise<TicketHead[]> {
  const conditions: [text: string, ...values: SqlValue[]][] = [['1 = 1']];
  if (search.text !== undefined && search.text !== '') {
    conditions.push([sql.dialect.position('search_text', '?') + ' > 0', search.text.toLowerCase()]);
  }
  const kinds = search.documentKinds;
  if (kinds) conditions.push([`document_kind IN (${kinds.map(() => '?').join()})`, ...kinds]);
  const { organization, terminal, fromIso, untilIso, grossFromMinor, grossToMinor } = search;
  if (organization !== undefined) conditions.push(['organization = ?', organization]);
  if (terminal !== undefined) conditions.push(['terminal = ?', terminal]);
  if (fromIso !== undefined) conditions.push(['ordered_at_ms >= ?', Date.parse(fromIso)]);
  if (untilIso !== undefined) conditions.push(['ordered_at_ms < ?', Date.parse(untilIso)]);
  if (grossFromMinor !== undefined) conditions.push(['gross_minor >= ?', grossFromMinor]);
  if (grossToMinor !== undefined) conditions.push(['gross_minor <= ?', grossToMinor]);
  const query: Query<HeadRow> = {
    text: `SELECT ${HEAD} FROM ticket WHERE ${conditions.map(([text]) => text).join(' AND ')}
      ORDER BY ordered_at_ms DESC, id DESC LIMIT ? OFFSET ?`,
  };
  const values = conditions.flatMap(([, ...bound]) => bound);
  const rows = await sql.all(query, ...values, search.limit, search.offset);
  return rows.map(headOf);
}

/** A ticket as its till sent it. */
export async function ticket(
  { sql }: Work,
  id: string,
): Promise<{ head: TicketHead; record: JsonObject } | undefined> {
  const row = await sql.get(ONE, id);
  return row && { head: headOf(row), record: JSON.parse(row.record) as JsonObject };
}

/** The newest cash-up of a terminal. */
export async function newestCashup(
  { sql }: Work,
  terminal: string,
): Promise<{ processed: boolean; record: JsonObject } | undefined> {
  const row = await sql.get(CASHUP, terminal);
  return row && { processed: row.processed === 1, record: JSON.parse(row.record) as JsonObject };
}

function headOf(row: HeadRow): TicketHead {
  return {
    id: row.id,
    documentNo: row.document_no,
    documentKind: row.document_kind,
    terminal: row.terminal,
    organization: row.organization,
    businessPartner: row.business_partner,
    businessPartnerName: row.business_partner_name,
    orderedAt: isoOf(row.ordered_at_ms),
    grossMinor: row.gross_minor,
    netMinor: row.net_minor,
    cancelled: row.cancelled === 1,
    updatedAt: isoOf(row.version_ms),
  };
}
