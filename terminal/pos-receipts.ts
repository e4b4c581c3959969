import type { JsonObject } from '../server/contract/json.ts';
import { toScaled } from '../server/core/money.ts';
import type { Archive, KeptReceipt } from './keeping.ts';
import type { FoundReceipt, OpenedReceipt, ReceiptLine } from './pos-till.ts';
import type { Receipt, ReceiptParts } from './receipts.ts';
import { receiptOfRecord, receiptOfServer, takenByRecord } from './receipts.ts';
import type { TakenLine } from './returns.ts';
import type { ServerQuestions } from './server-questions.ts';
import { returnPrefix } from './terminal-settings.ts';
import { TillFault } from './till-api.ts';
import type { Ticket, TicketLine } from './ticket.ts';

const PACKAGE = 'org.openbravo.retail.posterminal';
/** Receipts in a list, of the till and of a server each. */
const MOST_FOUND = 30;
/** Characters of a number that a server is asked with at least. */
const LEAST_LETTERS = 3;
/** Newest returns of this till that are looked through for what was taken back already. */
const MOST_RETURNS = 2_000;

interface Parts {
  archive: Archive;
  ask: ServerQuestions;
  known: () => ReceiptParts;
}

/** The receipts that a till can show and take back: its own, then those that a server knows. */
export class PosReceipts {
  readonly #parts: Parts;
  /** Returns of this run that the archive may not have yet, by the ticket that they take back. */
  readonly #returns = new Map<string, Map<string, JsonObject>>();
  #last: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async find(text: string): Promise<FoundReceipt[]> {
    const wanted = text.trim();
    const [own, others] = await Promise.all([
      this.#parts.archive.find(wanted, MOST_FOUND),
      wanted.length < LEAST_LETTERS ? [] : this.#atServer(wanted),
    ]);
    const ids = new Set(own.map(({ ticketId }) => ticketId));
    return [...own.map(foundOf), ...others.filter(({ ticketId }) => !ids.has(ticketId))];
  }

  /** The ticket itself, from the archive, else from a server. */
  async read({ ticketId, customerName }: FoundReceipt): Promise<Receipt> {
    const kept = await this.#parts.archive.byTicketId(ticketId);
    if (kept !== undefined) return receiptOfRecord(kept.record, this.#parts.known());
    const rows = await this.#parts.ask.rows(`${PACKAGE}.PaidReceipts`, { orderid: ticketId });
    const [row] = rows ?? [];
    if (row !== undefined) return receiptOfServer(row, customerName, this.#parts.known());
    throw new TillFault(
      'noTicket',
      rows === null
        ? 'No server answered in time, and this till does not have the receipt.'
        : 'Neither this till nor a server has the receipt.',
    );
  }

  /** What a screen shows of it, with what can still be taken back. */
  async open(found: FoundReceipt): Promise<OpenedReceipt> {
    const { ticket, payments, changeMinor } = await this.read(found);
    const taken = await this.#takenOf(ticket.id);
    const names = new Map(ticket.lines.map(({ tax }) => [tax.id, tax.name]));
    return {
      found,
      lines: ticket.lines.map((line) => this.#lineOf(line, ticket, taken)),
      payments,
      taxes: ticket.totals.rates.map(({ rule, netMinor, taxMinor }) => ({
        name: names.get(rule.id) ?? rule.id,
        ...{ netMinor, taxMinor },
      })),
      grossMinor: ticket.totals.grossMinor,
      netMinor: ticket.totals.netMinor,
      changeMinor,
    };
  }

  /**
   * Takes back lines of a receipt by `ring`, one return after the other: what was taken back of each
   * line before is known when the next is looked at. Throws where it is too much.
   */
  async takeBack<Result>(
    found: FoundReceipt,
    wanted: readonly { lineId: string; quantity: number }[],
    ring: (
      ticket: Ticket,
      lines: readonly TakenLine[],
    ) => Promise<{ id: string; record: JsonObject; result: Result }>,
  ): Promise<Result> {
    const turn = this.#last.then(async () => {
      const { ticket } = await this.read(found);
      const { id, record, result } = await ring(ticket, await this.#takenLines(ticket, wanted));
      const known = this.#returns.get(ticket.id) ?? new Map<string, JsonObject>();
      this.#returns.set(ticket.id, known.set(id, record));
      return result;
    });
    this.#last = turn.then(
      () => undefined,
      () => undefined,
    );
    return await turn;
  }

  async #takenLines(
    ticket: Ticket,
    wanted: readonly { lineId: string; quantity: number }[],
  ): Promise<TakenLine[]> {
    const taken = await this.#takenOf(ticket.id);
    const asked = new Map<string, number>();
    for (const { lineId, quantity } of wanted) {
      asked.set(lineId, quantity + (asked.get(lineId) ?? 0));
    }
    return [...asked].map(([lineId, quantity]) => {
      const line = ticket.lines.find(({ id }) => id === lineId);
      if (line !== undefined && quantity <= this.#lineOf(line, ticket, taken).returnableQuantity) {
        return { lineId, quantity, takenBefore: taken.get(lineId) ?? 0 };
      }
      throw new TillFault(
        'notReturnable',
        `So much of ${line?.product.name ?? lineId} cannot be taken back.`,
      );
    });
  }

  async #takenOf(ticketId: string): Promise<Map<string, number>> {
    const { archive, known } = this.#parts;
    const records = new Map(this.#returns.get(ticketId));
    for (const { kind, ticketId: id, record } of await archive.find(
      `${returnPrefix(known().settings)}/`,
      MOST_RETURNS,
    )) {
      if (kind === 'return') records.set(id, record);
    }
    const taken = new Map<string, number>();
    for (const record of records.values()) {
      for (const [lineId, quantity] of takenByRecord(record, ticketId)) {
        taken.set(lineId, (taken.get(lineId) ?? 0) + quantity);
      }
    }
    return taken;
  }

  #lineOf(line: TicketLine, ticket: Ticket, taken: ReadonlyMap<string, number>): ReceiptLine {
    const { product, quantity, unitPrice, taxed, discounts } = line;
    const isReturnable =
      ticket.kind === 'sale' &&
      quantity > 0 &&
      this.#parts.known().catalogue.products.get(product.id)?.row.returnable !== false;
    return {
      ...{ lineId: line.id, productId: product.id, name: product.name, quantity, unitPrice },
      grossMinor: taxed.grossMinor,
      discounts: discounts.map(({ name, amountMinor }) => ({ name, amountMinor })),
      returnableQuantity: isReturnable ? Math.max(0, quantity - (taken.get(line.id) ?? 0)) : 0,
    };
  }

  async #atServer(text: string): Promise<FoundReceipt[]> {
    const rows = await this.#parts.ask.rows(`${PACKAGE}.PaidReceiptsHeader`, {
      filters: { filterText: text },
      ...{ _limit: MOST_FOUND, _offset: 0 },
    });
    const { settings } = this.#parts.known();
    const returns = settings.terminal.terminalType.documentTypeForReturns;
    return (rows ?? [])
      .filter((row) => row['isLayaway'] !== true)
      .map((row) => ({
        ticketId: textOf(row['id']),
        documentNo: textOf(row['documentNo']),
        kind: row['documentTypeId'] === returns ? 'return' : 'sale',
        customerName: textOf(row['businessPartner']),
        grossMinor: toScaled(Number(row['totalamount']), settings.currency.obposPosprecision) ?? 0,
        atMs: Date.parse(textOf(row['orderDate'])) || 0,
        where: null,
      }));
  }
}

/** A receipt of the till in a list. */
function foundOf(receipt: KeptReceipt): FoundReceipt {
  const { ticketId, documentNo, kind, customerName, grossMinor, atMs, where } = receipt;
  return { ticketId, documentNo, kind, customerName, grossMinor, atMs, where };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
