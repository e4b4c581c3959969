import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTickets } from '../../../server/cli/replay/tickets.ts';
import type { CsvReading, ReadOptions, ReplayTicket } from '../../../server/cli/replay/tickets.ts';

const DEFAULTS: ReadOptions = { delimiter: ',', skipItem: 'NONE' };
const REAL_DATA = join(import.meta.dirname, '../../../../shared/data');

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string, options: Partial<ReadOptions> = {}): Promise<CsvReading> {
  files += 1;
  const path = join(folder, `${files}.csv`);
  await writeFile(path, content);
  return readTickets(path, { ...DEFAULTS, ...options });
}

async function ticketsOf(content: string, options: Partial<ReadOptions> = {}) {
  const reading = await read(content, options);
  if (!reading.ok) throw new Error(reading.message);
  return reading.tickets;
}

async function faultOf(content: string, options: Partial<ReadOptions> = {}): Promise<string> {
  const reading = await read(content, options);
  expect(reading.ok).toBe(false);
  return reading.ok ? '' : reading.message;
}

const quantityOf = (tickets: readonly ReplayTicket[]): number =>
  tickets.flatMap((ticket) => ticket.items).reduce((sum, item) => sum + item.quantity, 0);

describe('a file of lines', () => {
  it('makes a ticket of the rows of one number, and quantities of identical rows', async () => {
    const tickets = await ticketsOf(
      [
        '2016-10-30,09:58:11,1,Bread',
        '2016-10-30,10:05:34,2,Scone',
        '2016-10-30,10:05:34,2,Scone',
        '2016-10-30,10:05:34,2,Tea ',
      ].join('\n'),
    );
    expect(tickets).toMatchObject([
      { key: '1', items: [{ name: 'Bread', quantity: 1 }] },
      {
        key: '2',
        items: [
          { name: 'Scone', quantity: 2 },
          { name: 'Tea', quantity: 1 },
        ],
      },
    ]);
    expect(tickets[1]!.atMs! - tickets[0]!.atMs!).toBe(443_000);
  });

  it('drops NONE, and a ticket that had nothing else', async () => {
    const tickets = await ticketsOf(
      '2016-10-30,10:00,1,NONE\n2016-10-30,10:01,2,NONE\n2016-10-30,10:01,2,Tea\n',
    );
    expect(tickets.map((ticket) => ticket.key)).toEqual(['2']);
  });

  it('finds the columns by the names of a header, in any order', async () => {
    const tickets = await ticketsOf('Item;Transaction No;Date\nTea;7;30.10.2016 10:00\n', {
      delimiter: ';',
    });
    expect(tickets).toMatchObject([{ key: '7', items: [{ name: 'Tea', quantity: 1 }] }]);
    expect(tickets[0]!.atMs).toBe(Date.UTC(2016, 9, 30, 10));
  });

  it('takes columns by the names and numbers that the user gives', async () => {
    const byName = await ticketsOf('what,bon\nTea,A-1\n', { item: 'what', ticket: 'bon' });
    const byNumber = await ticketsOf('Tea,A-1\n', { item: '1', ticket: '2' });
    expect(byName).toEqual([{ key: 'A-1', atMs: null, items: [{ name: 'Tea', quantity: 1 }] }]);
    expect(byNumber.map((ticket) => ticket.items)).toEqual(byName.map((ticket) => ticket.items));
  });
});

describe('a file of baskets', () => {
  it('makes a ticket of each row, with trailing blanks cut', async () => {
    const tickets = await ticketsOf('yogurt,cream cheese ,coffee\nwhole milk\n\nrolls,rolls,\n');
    expect(tickets.map((ticket) => ticket.items)).toEqual([
      [
        { name: 'yogurt', quantity: 1 },
        { name: 'cream cheese', quantity: 1 },
        { name: 'coffee', quantity: 1 },
      ],
      [{ name: 'whole milk', quantity: 1 }],
      [{ name: 'rolls', quantity: 2 }],
    ]);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['a row that is too short', '2016-10-30,09:58,1,Tea\n2016-10-30,09:59,2\n', 'line 2', 'item'],
    [
      'an empty ticket number',
      '2016-10-30,09:58,1,Tea\n2016-10-30,09:59,,Jam\n',
      'line 2',
      'ticket',
    ],
    [
      'a day that is none',
      '2016-10-30,09:58,1,Tea\n2016-02-31,09:58,2,Tea\n',
      'line 2',
      '2016-02-31',
    ],
    [
      'no ticket column',
      '2016-10-30,09:58,Tea\n2016-10-30,09:59,Jam\n',
      'line 1',
      '--ticket-column',
    ],
    ['nothing but NONE', '2016-10-30,09:58,1,NONE\n', 'no ticket', ''],
    ['nothing at all', '', 'no ticket', ''],
  ])('says where, what and how to mend: %s', async (_, content, where, what) => {
    const fault = await faultOf(content);
    expect(fault).toContain(where);
    expect(fault).toContain(what);
  });

  it('names the columns that are there when the one that was asked for is not', async () => {
    const fault = await faultOf('date,ticket,item\n2016-10-30,1,Tea\n', { item: 'article' });
    expect(fault).toContain('no column "article"');
    expect(fault).toContain('"date", "ticket", "item"');
  });

  it('says that there is no such file', async () => {
    const reading = await readTickets(join(folder, 'missing.csv'), DEFAULTS);
    expect(reading.ok ? '' : reading.message).toContain('no such file');
  });
});

describe('the law of reading', () => {
  const name = fc
    .stringMatching(/^[A-Za-z][A-Za-z ,"']{0,12}$/)
    .map((text) => text.trim())
    .filter((text) => text !== 'NONE');
  const ticket = fc.array(name, { minLength: 1, maxLength: 6 });
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('keeps the number of tickets and of pieces of any file of lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ticket, { minLength: 1, maxLength: 20 }), async (sold) => {
        const content = sold
          .flatMap((items, no) => items.map((item) => `2020-01-01,10:00,${no + 1},${quote(item)}`))
          .join('\n');
        const tickets = await ticketsOf(content);
        expect(tickets).toHaveLength(sold.length);
        expect(quantityOf(tickets)).toBe(sold.flat().length);
        tickets.forEach((one, no) => {
          expect(one.items.map((item) => item.name)).toEqual([...new Set(sold[no])]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the number of tickets and of pieces of any file of baskets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ticket, { minLength: 1, maxLength: 20 }), async (sold) => {
        const content = sold.map((items) => items.map(quote).join(',')).join('\n');
        const tickets = await ticketsOf(content, { format: 'baskets', header: false });
        expect(tickets).toHaveLength(sold.length);
        expect(quantityOf(tickets)).toBe(sold.flat().length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the files of two real shops', () => {
  const present = existsSync(REAL_DATA);
  it(`reads every ticket (${present ? 'the real files' : 'generated files: the real ones are not here'})`, async () => {
    const bakery = present
      ? await readTickets(join(REAL_DATA, 'bakery-lines.csv'), DEFAULTS)
      : await read('2016-10-30,09:58:11,1,Bread\n2016-10-30,09:59:11,2,NONE\n');
    const grocery = present
      ? await readTickets(join(REAL_DATA, 'grocery-baskets.csv'), DEFAULTS)
      : await read('citrus fruit,margarine\nwhole milk \nyogurt,coffee,rolls\n');
    expect(bakery).toMatchObject({ ok: true, mapping: { format: 'lines', header: false } });
    expect(grocery).toMatchObject({ ok: true, mapping: { format: 'baskets', header: false } });
    if (!bakery.ok || !grocery.ok) return;
    expect(bakery.tickets).toHaveLength(present ? 9_465 : 1);
    expect(quantityOf(bakery.tickets)).toBe(present ? 20_507 : 1);
    expect(grocery.tickets).toHaveLength(present ? 9_835 : 3);
    expect(quantityOf(grocery.tickets)).toBe(present ? 43_367 : 6);
  });
});
