import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { detectMapping } from './mapping.ts';
import type { CsvFault, CsvMapping, MappingOptions } from './mapping.ts';
import { momentOf } from './moment.ts';

/** A ticket as the file tells it. */
export interface ReplayTicket {
  /** Its number in the file, or the line of its basket. */
  key: string;
  /** When it was sold, ms; null where the file has no times. Only distances count. */
  atMs: number | null;
  items: ReplayItem[];
}

interface ReplayItem {
  name: string;
  quantity: number;
}

export type CsvReading =
  { ok: true; mapping: CsvMapping; tickets: ReplayTicket[] } | { ok: false; message: string };

/** How a file is read. Rows whose item is `skipItem` are no sale. */
export interface ReadOptions extends MappingOptions {
  delimiter: string;
  skipItem: string;
}

/** Rows that decide how a file is read. */
const SAMPLE_ROWS = 200;
/** Tickets of one file: they are all read before the first is sold. */
const TICKETS_LIMIT = 2_000_000;

interface Row {
  line: number;
  fields: readonly string[];
}

/**
 * Reads the tickets of a CSV file in the file's order: the whole file is read and checked before
 * anything is sold. Identical items of one ticket become quantities. Never throws for what a file is.
 */
export async function readTickets(path: string, options: ReadOptions): Promise<CsvReading> {
  const sample: Row[] = [];
  let collector: Collector | undefined;
  try {
    for await (const row of rowsOf(path, options.delimiter)) {
      if (collector) {
        collector.take(row);
        continue;
      }
      sample.push(row);
      if (sample.length === SAMPLE_ROWS) collector = collect(sample, options);
    }
    collector ??= collect(sample, options);
  } catch (error) {
    return { ok: false, message: sentenceOf(path, error) };
  }
  const tickets = [...collector.tickets.values()].filter((ticket) => ticket.items.length > 0);
  if (tickets.length === 0) {
    return { ok: false, message: `${basename(path)}: there is no ticket in it.` };
  }
  return { ok: true, mapping: collector.mapping, tickets };
}

/** A row or a file that cannot be read, on its way out of the stream. */
class CsvError extends Error {
  readonly fault: CsvFault;

  constructor(fault: CsvFault) {
    super(fault.message);
    this.fault = fault;
  }
}

async function* rowsOf(path: string, delimiter: string): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  });
  // A failure of the file reaches the reader through the parser, which the pipeline destroys with it.
  pipeline(createReadStream(path), parser, () => undefined);
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>) {
    yield { line: info.lines, fields: record };
  }
}

interface Collector {
  mapping: CsvMapping;
  tickets: ReadonlyMap<string, ReplayTicket>;
  take(row: Row): void;
}

function collect(sample: readonly Row[], options: ReadOptions): Collector {
  const mapping = detectMapping(
    sample.map((row) => row.fields),
    options,
  );
  if ('message' in mapping) throw new CsvError(mapping);
  const tickets = new Map<string, ReplayTicket>();
  const take = (row: Row): void => {
    const part = mapping.format === 'baskets' ? basketOf(row) : lineOf(row, mapping);
    const ticket = tickets.get(part.key) ?? { key: part.key, atMs: part.atMs, items: [] };
    tickets.set(part.key, ticket);
    if (tickets.size > TICKETS_LIMIT) {
      throw new CsvError({
        line: row.line,
        message: `more than ${TICKETS_LIMIT} tickets. Split the file and replay the parts.`,
      });
    }
    for (const name of part.names) {
      if (name !== options.skipItem) addItem(ticket, name);
    }
  };
  for (const row of mapping.header ? sample.slice(1) : sample) take(row);
  return { mapping, tickets, take };
}

type Part = Pick<ReplayTicket, 'key' | 'atMs'> & { names: string[] };

function basketOf({ line, fields }: Row): Part {
  return { key: String(line), atMs: null, names: fields.filter((field) => field !== '') };
}

function lineOf({ line, fields }: Row, mapping: CsvMapping & { format: 'lines' }): Part {
  const { ticket, item, date, time } = mapping.columns;
  const need = (role: string, column: number): string => {
    const field = fields[column] ?? '';
    if (field !== '') return field;
    throw new CsvError({
      line,
      message:
        `the ${role} is missing: it should be in column ${column + 1}, and the row has ` +
        `${fields.length} column(s). Complete the row, or say where it is with --${role}-column.`,
    });
  };
  const name = need('item', item);
  const key = need('ticket', ticket);
  if (date === null) return { key, atMs: null, names: [name] };
  const text = [need('date', date), ...(time === null ? [] : [need('time', time)])].join(' ');
  const atMs = momentOf(text);
  if (atMs === null) {
    throw new CsvError({
      line,
      message: `"${text}" is not a date and time. Write 2026-11-24 and 09:58:11, or 24.11.2026.`,
    });
  }
  return { key, atMs, names: [name] };
}

function addItem(ticket: ReplayTicket, name: string): void {
  const known = ticket.items.find((item) => item.name === name);
  if (known) known.quantity += 1;
  else ticket.items.push({ name, quantity: 1 });
}

function sentenceOf(path: string, error: unknown): string {
  const file = basename(path);
  if (error instanceof CsvError) return `${file}, line ${error.fault.line}: ${error.fault.message}`;
  if (!(error instanceof Error)) throw error;
  if ('code' in error && error.code === 'ENOENT') return `${path}: there is no such file.`;
  if ('lines' in error) return `${file}, line ${String(error.lines)}: ${error.message}.`;
  if ('code' in error) return `${path} cannot be read: ${error.message}.`;
  throw error;
}
