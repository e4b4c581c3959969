/** How the rows of a CSV file become tickets. Columns are counted from 0. */
export type CsvMapping =
  | {
      /** One row is one item of a ticket; rows with the same ticket number belong together. */
      format: 'lines';
      header: boolean;
      columns: { ticket: number; item: number; date: number | null; time: number | null };
    }
  /** One row is one ticket, each of its fields an item. */
  | { format: 'baskets'; header: boolean };

/** What the user says about the file; whatever is not said is detected. Columns are names or numbers from 1. */
export interface MappingOptions {
  format?: 'lines' | 'baskets' | undefined;
  header?: boolean | undefined;
  ticket?: string | undefined;
  item?: string | undefined;
  date?: string | undefined;
  time?: string | undefined;
}

/** What a row or a file lacks: where, what, and how to mend it. */
export interface CsvFault {
  line: number;
  message: string;
}

type Role = 'ticket' | 'item' | 'date' | 'time';

/** Names that other programs give to these columns, in lower case without spaces and punctuation. */
const KNOWN_NAMES: Record<Role, readonly string[]> = {
  ticket: [
    'ticket',
    'ticketno',
    'ticketnumber',
    'transaction',
    'transactionid',
    'transactionno',
    'receipt',
    'receiptno',
    'order',
    'orderid',
    'orderno',
    'invoice',
    'invoiceno',
    'basket',
    'basketid',
  ],
  item: ['item', 'itemname', 'items', 'product', 'productname', 'article', 'description', 'name'],
  date: ['date', 'day', 'datetime', 'timestamp', 'invoicedate', 'orderdate'],
  time: ['time', 'hour', 'clock'],
};

const LOOKS_LIKE: Record<Exclude<Role, 'item'>, RegExp> = {
  date: /^(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})([ T]\d{1,2}:\d{2}(:\d{2})?)?$/,
  time: /^\d{1,2}:\d{2}(:\d{2})?$/,
  ticket: /^\d{1,15}$/,
};

/**
 * Decides how a file is read from its first rows and from what the user says. The fault names the
 * column that is missing, and the option that mends it.
 */
export function detectMapping(
  sample: readonly (readonly string[])[],
  options: MappingOptions,
): CsvMapping | CsvFault {
  const header = options.header ?? looksLikeHeader(sample[0] ?? [], options);
  const rows = header ? sample.slice(1) : sample;
  const format = options.format ?? detectFormat(rows, header, options);
  if (format === 'baskets') return { format, header };

  const names = header ? (sample[0] ?? []) : [];
  const taken = new Set<number>();
  const find = (role: Role): number | null => {
    const said = options[role];
    const column = said === undefined ? detectColumn(role, names, rows, taken) : named(said, names);
    if (column !== null) taken.add(column);
    return column;
  };
  const [date, time, ticket, item] = [find('date'), find('time'), find('ticket'), find('item')];
  for (const [role, column] of Object.entries({ date, time, ticket, item })) {
    const said = options[role as Role];
    if (column === null && (said !== undefined || role === 'ticket' || role === 'item')) {
      return missingColumn(role as Role, said, names, rows);
    }
  }
  return { format, header, columns: { ticket: ticket ?? 0, item: item ?? 0, date, time } };
}

function looksLikeHeader(first: readonly string[], options: MappingOptions): boolean {
  const known = Object.values(KNOWN_NAMES).flat();
  const saidNames = [options.ticket, options.item, options.date, options.time].filter(
    (said) => said !== undefined && first.some((name) => plain(name) === plain(said)),
  );
  return saidNames.length > 0 || first.filter((name) => known.includes(plain(name))).length >= 2;
}

/** Lines have one number of columns, most of the time, and a date, a ticket number or a header to tell. */
function detectFormat(
  rows: readonly (readonly string[])[],
  header: boolean,
  options: MappingOptions,
): 'lines' | 'baskets' {
  if (header || options.ticket !== undefined || options.item !== undefined) return 'lines';
  const width = commonWidth(rows);
  if (width < 2) return 'baskets';
  const columns = Array.from({ length: width }, (_, column) => column);
  const tells = (role: 'date' | 'time' | 'ticket'): boolean =>
    columns.some((column) => mostly(rows, column, LOOKS_LIKE[role]));
  return tells('date') || tells('time') || tells('ticket') ? 'lines' : 'baskets';
}

/** The number of columns that at least half of the rows have; 0 where none has. */
function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return count * 2 >= rows.length ? width : 0;
}

function detectColumn(
  role: Role,
  names: readonly string[],
  rows: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
): number | null {
  const free = (column: number): boolean => !taken.has(column);
  const byName = names.findIndex(
    (name, column) => free(column) && KNOWN_NAMES[role].includes(plain(name)),
  );
  if (byName >= 0) return byName;
  const columns = Array.from({ length: commonWidth(rows) }, (_, column) => column).filter(free);
  const pattern = role === 'item' ? /\p{L}/u : LOOKS_LIKE[role];
  return columns.find((column) => mostly(rows, column, pattern)) ?? null;
}

/** Whether at least half of the rows have such a field there: one bad row must not hide a column. */
function mostly(rows: readonly (readonly string[])[], column: number, pattern: RegExp): boolean {
  const fits = rows.filter((row) => pattern.test(row[column] ?? '')).length;
  return fits > 0 && fits * 2 >= rows.length;
}

/** The column that the user means by a name of the header or by a number from 1. */
function named(said: string, names: readonly string[]): number | null {
  const byName = names.findIndex((name) => plain(name) === plain(said));
  if (byName >= 0) return byName;
  return /^[1-9]\d*$/.test(said) ? Number(said) - 1 : null;
}

function missingColumn(
  role: Role,
  said: string | undefined,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): CsvFault {
  const there =
    names.length > 0
      ? `the columns are ${names.map((name) => `"${name}"`).join(', ')}`
      : `the first row has ${rows[0]?.length ?? 0} column(s) and the file has no header`;
  const what =
    said === undefined
      ? `no column was recognised as the ${role}`
      : `there is no column "${said}" for the ${role}`;
  return {
    line: 1,
    message: `${what}; ${there}. Say which it is with --${role}-column NAME_OR_NUMBER, or add it to the file.`,
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
