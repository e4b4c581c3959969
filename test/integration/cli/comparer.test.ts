import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import { modelsOf, standardModules } from '../../../server/modules.ts';
import type { Storage } from '../../../server/storage/port.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { booksAgree, compareBooks } from '../../../server/cli/compare/compare.ts';
import type { Comparison, TillRecord } from '../../../server/cli/compare/compare.ts';
import { readMainBooks } from '../../../server/cli/compare/main-books.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const TILLS = new Set(['T1', 'T2']);
const CUSTOMER_LOADER = 'org.openbravo.retail.posterminal.CustomerLoader';

/** What the tills made, in their order. */
const made: TillRecord[] = [
  record('T1', 1, 'sale', 250),
  record('T2', 1, 'sale', 400),
  record('T1', 2, 'sale', 310),
  record('T1', 3, 'customer', 0),
  record('T2', 2, 'return', -400),
  record('T1', 4, 'cashMovement', 0),
  record('T1', 5, 'cashUp', 0),
];

function record(
  terminal: string,
  no: number,
  kind: TillRecord['kind'],
  grossMinor: number,
): TillRecord {
  const isTicket = kind === 'sale' || kind === 'return';
  return {
    terminal,
    kind,
    id: `${terminal}-${no}`,
    messageId: `message-${terminal}-${no}`,
    documentNo: isTicket ? `${terminal}/${no}` : null,
    grossMinor,
    acceptedAtMs: 1,
    confirmed: true,
  };
}

/** The effect that the record has at a main. */
function changeOf(made: TillRecord): Change {
  const { id, kind } = made;
  switch (kind) {
    case 'sale':
    case 'return':
      return {
        kind: 'ticket',
        id,
        documentNo: made.documentNo ?? '',
        documentKind: kind,
        organization: 'shop',
        businessPartner: null,
        orderedAt: '2026-11-24T10:00:00.000Z',
        grossMinor: made.grossMinor,
        netMinor: made.grossMinor,
        cashupId: null,
        loadedAt: null,
        record: {},
      };
    case 'customer':
      return {
        kind: 'record',
        model: 'BusinessPartner',
        id,
        values: { id, name: 'Ada' },
        loadedAt: null,
      };
    case 'cashMovement':
      return { kind, id, cashupId: null, movement: 'deposit', amountMinor: 500, record: {} };
    case 'cashUp':
      return { kind: 'cashup', id, processed: true, ticketIds: [], record: {} };
  }
}

async function apply(main: Storage, sent: TillRecord): Promise<void> {
  const body = Buffer.from(JSON.stringify({ ...sent, data: [{ id: sent.id }] }));
  const { receipt } = await main.accept({
    messageId: sent.messageId,
    digest: createHash('sha256').update(body).digest('hex'),
    service: sent.kind === 'customer' ? CUSTOMER_LOADER : sent.kind,
    terminal: sent.terminal,
    organization: 'shop',
    body,
    records: 1,
    reading: {
      ok: true,
      understanding: {
        changes: [changeOf(sent)],
        needs: [],
        makes: [sent.id],
        orderedAfter: [sent.id],
      },
    },
    destinations: [],
    judge: true,
    masked: false,
    tillSeq: null,
    prevDigest: null,
    serverKey: 'Main',
    actor: 'server:Store',
  });
  expect(receipt.outcome).toBe('applied');
}

describe("the comparer on a main's database", () => {
  const folder = temporaryDirectory();
  const mainPath = join(folder.path, 'main', 'backroom.db');
  let main: Storage;
  let copies = 0;

  beforeAll(async () => {
    main = await openSqliteStorage({
      directory: join(folder.path, 'main'),
      models: modelsOf(standardModules),
      ...realSystem(createLog('silent')),
    });
    for (const sent of made) await apply(main, sent);
    await apply(main, record('T9', 1, 'sale', 999));
  });
  afterAll(async () => {
    await main.close();
    await folder[Symbol.asyncDispose]();
  });

  const compare = (path: string): Comparison => compareBooks(made, readMainBooks(path, TILLS));

  /** Compares with a copy of the main's file in which something was changed. */
  async function comparedAfter(...statements: string[]): Promise<Comparison> {
    copies += 1;
    const path = join(folder.path, `copy-${copies}.db`);
    const original = new Database(mainPath, { readonly: true });
    await original.backup(path);
    original.close();
    const copy = new Database(path);
    for (const sql of statements) expect(copy.prepare(sql).run().changes).toBe(1);
    copy.close();
    return compare(path);
  }

  it('finds that both books agree, while the main is running and has other tills', () => {
    const found = compare(mainPath);
    expect(found).toMatchObject({ lost: 0, doubled: 0, reordered: 0, tickets: 3 });
    expect(found).toMatchObject({ totalAtTills: 560, totalAtMain: 560 });
    expect(booksAgree(found)).toBe(true);
  });

  it.each([
    ['ticket', "DELETE FROM ticket WHERE id = 'T1-2'", 310],
    ['return', "DELETE FROM ticket WHERE id = 'T2-2'", -400],
    ['customer', "DELETE FROM record WHERE id = 'T1-3'", 0],
    ['cash movement', "DELETE FROM cash_movement WHERE id = 'T1-4'", 0],
    ['cash-up', "DELETE FROM cashup WHERE id = 'T1-5'", 0],
  ])('finds a lost %s', async (_, sql, missingMinor) => {
    const found = await comparedAfter(sql);
    expect(found).toMatchObject({ lost: 1, doubled: 0, reordered: 0 });
    expect(found.totalAtTills - found.totalAtMain).toBe(missingMinor);
    expect(booksAgree(found)).toBe(false);
  });

  it('counts a customer whose row came from another main as well, and only with its message', async () => {
    const replicated = "UPDATE record SET writer = NULL WHERE id = 'T1-3'";
    expect(booksAgree(await comparedAfter(replicated))).toBe(true);
    const message = "UPDATE entry SET state = 'parked' WHERE message_id = 'message-T1-3'";
    expect(await comparedAfter(replicated, message)).toMatchObject({ lost: 1 });
    const lost = "DELETE FROM record WHERE id = 'T1-3'";
    expect(await comparedAfter(replicated, lost)).toMatchObject({ lost: 1 });
  });

  it('finds a ticket that is there with another amount', async () => {
    const found = await comparedAfter("UPDATE ticket SET gross_minor = 249 WHERE id = 'T1-1'");
    expect(found).toMatchObject({ lost: 1, totalAtMain: 559 });
  });

  it('finds a doubled ticket', async () => {
    const found = await comparedAfter(
      `INSERT INTO ticket SELECT 'another id', entry_no, document_no, document_kind, terminal,
         organization, business_partner, business_partner_name, search_text, ordered_at_ms,
         gross_minor, net_minor, cashup_id, cancelled, version_ms, writer, record
       FROM ticket WHERE id = 'T1-1'`,
    );
    expect(found).toMatchObject({ lost: 0, doubled: 1, reordered: 0, totalAtMain: 810 });
  });

  it('finds tickets that were applied in another order', async () => {
    const found = await comparedAfter(
      "UPDATE ticket SET rowid = 1000 WHERE id = 'T1-1'",
      "UPDATE ticket SET rowid = 1 WHERE id = 'T1-2'",
    );
    expect(found).toMatchObject({ lost: 0, doubled: 0, reordered: 1 });
  });

  it('finds messages that were taken in another order', async () => {
    const found = await comparedAfter(
      "UPDATE entry SET message_id = 'aside' WHERE message_id = 'message-T1-1'",
      "UPDATE entry SET message_id = 'message-T1-1' WHERE message_id = 'message-T1-2'",
      "UPDATE entry SET message_id = 'message-T1-2' WHERE message_id = 'aside'",
    );
    expect(found).toMatchObject({ lost: 0, doubled: 0, reordered: 1 });
  });
});
