import Database from 'better-sqlite3';
import type { MainBooks, MainRecord } from './compare.ts';

interface Row {
  id: string;
  terminal: string;
  place: number;
}
interface TicketRow extends Row {
  documentNo: string;
  kind: string;
  grossMinor: number;
}
interface EntryRow extends Omit<Row, 'id'> {
  messageId: string;
  takenAtMs: number;
}

/** The row number grows with each insertion, so it is the order in which effects were applied. */
const TICKETS = `SELECT id, terminal, rowid AS place, document_no AS documentNo,
  document_kind AS kind, gross_minor AS grossMinor FROM ticket ORDER BY rowid`;
const CASH_MOVEMENTS = 'SELECT id, terminal, rowid AS place FROM cash_movement ORDER BY rowid';
const CASHUPS = `SELECT id, terminal, rowid AS place FROM cashup WHERE processed = 1 ORDER BY rowid`;
/**
 * A customer is there where its row is and a message that brought it was applied. The row alone says too
 * little: at a main that replicates from another one it may have come, or come again, on that way. No
 * customer waits for another record, so they are applied in the order in which they are taken.
 */
const CUSTOMERS = `SELECT json_extract(sent.value, '$.id') AS id, entry.terminal,
    min(entry.entry_no) AS place
  FROM entry JOIN entry_body ON entry_body.entry_no = entry.entry_no,
    json_each(CAST(entry_body.body AS TEXT), '$.data') AS sent
  WHERE entry.service LIKE '%.CustomerLoader' AND entry.state = 'applied' AND EXISTS (
    SELECT 1 FROM record
    WHERE record.model = 'BusinessPartner' AND record.id = json_extract(sent.value, '$.id'))
  GROUP BY 1 ORDER BY place`;
const ENTRIES = `SELECT message_id AS messageId, terminal, entry_no AS place, accepted_at_ms AS takenAtMs
  FROM entry ORDER BY entry_no`;

/**
 * Reads the main's books of these tills from its database file: plain SQL on a read-only connection,
 * nothing of the code that wrote it. The server may be running.
 */
export function readMainBooks(databasePath: string, terminals: ReadonlySet<string>): MainBooks {
  const database = new Database(databasePath, { readonly: true, fileMustExist: true });
  try {
    // One transaction, so that all tables are of the same moment.
    return database.transaction(() => readAll(database, terminals))();
  } finally {
    database.close();
  }
}

function readAll(database: Database.Database, terminals: ReadonlySet<string>): MainBooks {
  const all = <Found>(sql: string): Found[] => database.prepare<[], Found>(sql).all();
  const own = <Found extends Omit<Row, 'id'>>(sql: string): Found[] =>
    all<Found>(sql).filter((row) => terminals.has(row.terminal));
  const entries = own<EntryRow>(ENTRIES);
  const messages = new Map(
    entries.map(({ messageId, place, takenAtMs }) => [messageId, { place, takenAtMs }]),
  );
  const plain = (kind: MainRecord['kind'], row: Row): MainRecord => ({
    ...row,
    kind,
    documentNo: null,
    grossMinor: 0,
  });
  return {
    records: [
      ...own<TicketRow>(TICKETS).flatMap(ticketRecord),
      ...own<Row>(CASH_MOVEMENTS).map((row) => plain('cashMovement', row)),
      ...own<Row>(CASHUPS).map((row) => plain('cashUp', row)),
      ...own<Row>(CUSTOMERS).map((row) => plain('customer', row)),
    ],
    messages,
    repeatedMessages: entries.length - messages.size,
  };
}

/** Only sales and returns are compared; a return takes its amount back, whatever sign it is stored with. */
function ticketRecord(row: TicketRow): MainRecord[] {
  if (row.kind === 'sale') return [{ ...row, kind: 'sale' }];
  if (row.kind === 'return')
    return [{ ...row, kind: 'return', grossMinor: -Math.abs(row.grossMinor) }];
  return [];
}
