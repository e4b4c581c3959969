import type { Dialect } from '../sql.ts';
import type { Migration } from './migration.ts';

/**
 * The first schema. `entry` rows stay small (bodies are apart), because their state changes often;
 * `message` is what makes an effect happen once, without a time limit: it is never purged.
 * Rows of `entry_makes` and `entry_after` live until their entry is confirmed, those of `entry_need`
 * while it waits.
 */
export const firstSchema: Migration = {
  version: 1,
  name: 'first-schema',
  statements: (dialect) => [
    ...messageTables(dialect),
    ...deliveryTables(dialect),
    ...masterDataTables(dialect),
    ...ticketTables(dialect),
    ...screenTables(dialect),
    ...dialect.appendOnly('audit'),
  ],
};

/** States of an entry in which somebody still waits for something. Queries repeat it word for word. */
const OPEN = `state IN ('queued', 'waiting', 'parked')`;

function messageTables({ ddl }: Dialect): string[] {
  const { integer, bytes } = ddl;
  return [
    `CREATE TABLE entry (
      entry_no ${ddl.numbered}, message_id TEXT NOT NULL, digest TEXT NOT NULL,
      service TEXT NOT NULL, terminal TEXT NOT NULL, organization TEXT NOT NULL,
      actor TEXT NOT NULL, accepted_at_ms ${integer} NOT NULL,
      judged ${integer} NOT NULL, state TEXT NOT NULL, reason TEXT,
      records ${integer} NOT NULL, bytes ${integer} NOT NULL,
      document_no TEXT, gross_minor ${integer},
      server_seq ${integer} NOT NULL, chain TEXT NOT NULL,
      till_seq ${integer}, prev_digest TEXT,
      pending TEXT
    ) ${ddl.table}`,
    `CREATE INDEX entry_by_terminal ON entry (terminal, entry_no)`,
    `CREATE INDEX entry_open ON entry (state, entry_no) WHERE ${OPEN}`,
    `CREATE TABLE entry_body (
      entry_no ${integer} PRIMARY KEY REFERENCES entry, body ${bytes} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE message (
      message_id TEXT NOT NULL, digest TEXT NOT NULL, entry_no ${integer} NOT NULL,
      terminal TEXT NOT NULL, server_key TEXT NOT NULL, server_epoch ${integer} NOT NULL,
      server_seq ${integer} NOT NULL, outcome TEXT NOT NULL, reason TEXT, masked ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX message_identity ON message (message_id, digest)`,
    `CREATE TABLE journal (
      terminal TEXT PRIMARY KEY, server_seq ${integer} NOT NULL, chain TEXT NOT NULL
    ) ${ddl.clustered}`,
    `CREATE TABLE entry_makes (
      record_id TEXT NOT NULL, entry_no ${integer} NOT NULL REFERENCES entry,
      PRIMARY KEY (record_id, entry_no)
    ) ${ddl.clustered}`,
    `CREATE INDEX entry_makes_by_entry ON entry_makes (entry_no)`,
    `CREATE TABLE entry_after (
      entry_no ${integer} NOT NULL REFERENCES entry, record_id TEXT NOT NULL,
      PRIMARY KEY (entry_no, record_id)
    ) ${ddl.clustered}`,
    `CREATE TABLE entry_need (
      need TEXT NOT NULL, entry_no ${integer} NOT NULL REFERENCES entry,
      PRIMARY KEY (need, entry_no)
    ) ${ddl.clustered}`,
    `CREATE INDEX entry_need_by_entry ON entry_need (entry_no)`,
    `CREATE TABLE story (
      entry_no ${integer} NOT NULL REFERENCES entry, line_no ${integer} NOT NULL,
      at_ms ${integer} NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL,
      times ${integer} NOT NULL, PRIMARY KEY (entry_no, line_no)
    ) ${ddl.clustered}`,
  ];
}

function deliveryTables({ ddl }: Dialect): string[] {
  const { integer } = ddl;
  return [
    `CREATE TABLE delivery (
      delivery_no ${ddl.numbered}, entry_no ${integer} NOT NULL REFERENCES entry,
      destination TEXT NOT NULL, terminal TEXT NOT NULL, state TEXT NOT NULL,
      claim ${integer} NOT NULL DEFAULT 0,
      attempts_started ${integer} NOT NULL DEFAULT 0,
      attempts_finished ${integer} NOT NULL DEFAULT 0,
      outcome TEXT, reason TEXT, acknowledged_at_ms ${integer}, last_error TEXT
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX delivery_of_entry ON delivery (entry_no, destination)`,
    `CREATE INDEX delivery_waiting ON delivery (destination, terminal, entry_no)
      WHERE state = 'waiting'`,
    `CREATE INDEX delivery_claimed ON delivery (delivery_no) WHERE state = 'claimed'`,
    // `turn` is the claim that served the lane last; `blocked` is set when nothing of it can be
    // claimed before something else is settled, so that nobody looks again until then.
    `CREATE TABLE lane (
      destination TEXT NOT NULL, terminal TEXT NOT NULL,
      waiting ${integer} NOT NULL DEFAULT 0, claimed ${integer} NOT NULL DEFAULT 0,
      parked ${integer} NOT NULL DEFAULT 0, turn ${integer} NOT NULL DEFAULT 0,
      blocked ${integer} NOT NULL DEFAULT 0, attempts ${integer} NOT NULL DEFAULT 0,
      next_attempt_ms ${integer} NOT NULL DEFAULT 0, last_error TEXT,
      PRIMARY KEY (destination, terminal)
    ) ${ddl.clustered}`,
  ];
}

function masterDataTables({ ddl }: Dialect): string[] {
  const { integer } = ddl;
  return [
    // `changed_at_ms` is when the row was applied here; `version_ms` is what a till sends back as
    // `loaded`; `writer` is the terminal that wrote it last.
    `CREATE TABLE record (
      model TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, sort_key TEXT NOT NULL,
      json TEXT NOT NULL, active ${integer} NOT NULL, changed_at_ms ${integer} NOT NULL,
      version_ms ${integer} NOT NULL, writer TEXT
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX record_identity ON record (model, id, scope)`,
    `CREATE INDEX record_in_order ON record (model, scope, sort_key, id) WHERE active = 1`,
    `CREATE INDEX record_changed ON record (model, changed_at_ms)`,
    `CREATE TABLE replication (
      model TEXT NOT NULL, scope TEXT NOT NULL, next_offset ${integer},
      last_updated_ms ${integer} NOT NULL, PRIMARY KEY (model, scope)
    ) ${ddl.clustered}`,
  ];
}

function ticketTables({ ddl }: Dialect): string[] {
  const { integer } = ddl;
  return [
    `CREATE TABLE ticket (
      id TEXT NOT NULL, entry_no ${integer} NOT NULL, document_no TEXT NOT NULL,
      document_kind TEXT NOT NULL, terminal TEXT NOT NULL, organization TEXT NOT NULL,
      business_partner TEXT, business_partner_name TEXT, search_text TEXT NOT NULL,
      ordered_at_ms ${integer} NOT NULL, gross_minor ${integer} NOT NULL,
      net_minor ${integer} NOT NULL, cashup_id TEXT, cancelled ${integer} NOT NULL,
      version_ms ${integer} NOT NULL, writer TEXT NOT NULL, record TEXT NOT NULL
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX ticket_identity ON ticket (id)`,
    `CREATE INDEX ticket_by_time ON ticket (ordered_at_ms, id)`,
    `CREATE TABLE ticket_total (
      quarter_ms ${integer} PRIMARY KEY, tickets ${integer} NOT NULL, gross_minor ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE document_floor (
      prefix TEXT PRIMARY KEY, highest ${integer} NOT NULL
    ) ${ddl.clustered}`,
    `CREATE TABLE cash_movement (
      id TEXT NOT NULL, entry_no ${integer} NOT NULL, terminal TEXT NOT NULL, cashup_id TEXT,
      movement TEXT NOT NULL, amount_minor ${integer} NOT NULL, record TEXT NOT NULL
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX cash_movement_identity ON cash_movement (id)`,
    `CREATE TABLE cashup (
      id TEXT NOT NULL, opened_entry_no ${integer} NOT NULL, terminal TEXT NOT NULL,
      processed ${integer} NOT NULL, record TEXT NOT NULL
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX cashup_identity ON cashup (id)`,
    `CREATE INDEX cashup_by_terminal ON cashup (terminal, opened_entry_no)`,
  ];
}

function screenTables({ ddl }: Dialect): string[] {
  const { integer } = ddl;
  return [
    `CREATE TABLE entry_count (
      terminal TEXT NOT NULL, state TEXT NOT NULL, entries ${integer} NOT NULL,
      PRIMARY KEY (terminal, state)
    ) ${ddl.clustered}`,
    `CREATE TABLE terminal_status (
      terminal TEXT PRIMARY KEY, last_seen_ms ${integer} NOT NULL, unsent ${integer},
      last_seq ${integer}, app_version TEXT
    ) ${ddl.clustered}`,
    `CREATE TABLE event (
      seq ${integer} PRIMARY KEY, at_ms ${integer} NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE audit (
      line_no ${ddl.numbered}, at_ms ${integer} NOT NULL, actor TEXT NOT NULL,
      action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) ${ddl.clustered}`,
    `CREATE TABLE counter (
      name TEXT PRIMARY KEY, value ${integer} NOT NULL
    ) ${ddl.clustered}`,
  ];
}
