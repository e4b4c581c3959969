import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estateSchema } from '../../../../server/contract/estate.ts';
import { faultText, readEstate } from '../../../../server/core/estate/read-estate.ts';
import { readYaml } from '../../../../server/core/estate/read-yaml.ts';
import { writeEstate } from '../../../../server/core/estate/write-estate.ts';

function faultIn(text: string): string {
  const read = readYaml(text);
  return 'fault' in read ? `${read.fault.line}:${read.fault.column} ${read.fault.message}` : '';
}

function valueOf(text: string): unknown {
  const read = readYaml(text);
  return 'value' in read ? read.value : read.fault;
}

const nested = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:\n`).join('');

describe('YAML', () => {
  it('says what JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(valueOf(writeEstate({ value: plain }, 'yaml'))).toEqual({ value: plain });
        expect(valueOf(JSON.stringify(plain))).toEqual(plain);
      }),
    );
  });

  it('is read by version 1.2: no surprises with words, numbers and dates', () => {
    expect(valueOf('a: NO\nb: 010\nc: 2026-03-10\nd: "102"\ne: ~')).toEqual({
      ...{ a: 'NO', b: 10, c: '2026-03-10', d: '102', e: null },
    });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', '3:1 "a" is given twice'],
    ['a: !shop {}', '1:4 unresolved tag: !shop'],
    ['a: !!binary aGVsbG8=', '1:4 unresolved tag'],
    ['a: 1\n---\nb: 2', '2:1 a second document begins here'],
    ['? [a]\n: 1', '1:3 with stringKeys'],
    ['a: .inf', '1:4 .inf is no number that JSON has, too'],
    ['a: [1,\n', '2:1 flow sequence in block collection must be'],
    ['a: "b', '1:6 missing closing "quote'],
    ['a:\n  - 1\n b: 2', '3:1 all mapping items must start at the same column'],
    ['a: *b', '1:4 '],
    ['a: &a [*a]', '1:7 it is nested more than 200 deep'],
  ])('%s', (text, fault) => {
    expect(faultIn(text)).toContain(fault);
  });

  it('repeats what an alias names, up to a measure', () => {
    const text = 'euro: &euro {code: EUR}\ntills:\n  - *euro\n  - *euro\n';
    expect(valueOf(text)).toEqual({
      ...{ euro: { code: 'EUR' }, tills: [{ code: 'EUR' }, { code: 'EUR' }] },
    });
    const bomb = Array.from({ length: 9 }, (_, level) =>
      level === 0
        ? 'x0: &x0 [1]'
        : `x${level}: &x${level} [${`*x${level - 1}, `.repeat(9).slice(0, -2)}]`,
    ).join('\n');
    expect(faultIn(bomb)).toMatch(/aliases repeat more than 100000 values/);
  });

  it('that nests without end is refused, and many keys are read', { timeout: 30_000 }, () => {
    expect(faultIn('['.repeat(100_000))).not.toBe('');
    expect(faultIn('- '.repeat(100_000))).not.toBe('');
    expect(faultIn(nested(1_000))).toContain('nested');
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(faultIn(keys)).toBe('');
  });
});

describe('an estate file in YAML', () => {
  const text = `organizations:
  - id: "0"
    name: All
    parent: null
servers:
  - id: S
    key: Central
    name: Central
    type: BOTH
    url: https://x/openbravo
    priority: ten
    priorty: 20
terminals:
  - {id: 7}
`;

  it('names line, column and path of what is wrong', () => {
    const read = readEstate(text);
    const faults = 'faults' in read ? read.faults.map(faultText) : [];
    expect(faults.slice(0, 3)).toEqual([
      'line 9, column 5, servers[0].type: must be one of MAIN, STORE, and is "BOTH"',
      'line 11, column 5, servers[0].priority: must be a number, and is "ten"',
      'line 12, column 5, servers[0].priorty: this key is not known; it is misspelt, or belongs elsewhere',
    ]);
    expect(faults[3]).toBe(
      'line 14, column 6, terminals[0].id: must be a text in quotes, and is 7',
    );
    const cut = readEstate(text.slice(0, text.indexOf('servers')));
    expect('faults' in cut && cut.faults.map(faultText)).toEqual([
      'line 1, column 1, servers: is missing',
    ]);
    const old = readEstate(`estate: 2\n${text}`);
    expect('faults' in old && old.faults.map(({ code, line }) => [code, line])).toEqual([
      ['version', 1],
    ]);
  });

  it('of a thousand stores says the same as JSON', { timeout: 30_000 }, () => {
    const estate = chainOf(1_000);
    const yaml = writeEstate(estate, 'yaml');
    const read = readEstate(yaml);
    expect(read).toEqual(readEstate(writeEstate(estate, 'json')));
    expect(read).toEqual({ estate });
  });
});

function chainOf(stores: number) {
  const numbers = Array.from({ length: stores }, (_, index) => index);
  return estateSchema.parse({
    estate: 1,
    organizations: [
      { id: '0', name: 'All', parent: null },
      ...numbers.map((n) => ({ id: `o${n}`, name: `Store ${n}`, parent: '0' })),
    ],
    servers: numbers.map((n) => ({
      ...{ id: `s${n}`, key: `S${n}`, name: `Store ${n}`, type: 'STORE', priority: 1 },
      ...{ url: `http://s${n}:8427/openbravo`, organizations: [`o${n}`] },
    })),
    terminals: numbers.flatMap((n) =>
      [1, 2, 3].map((till) => ({
        ...{ id: `t${n}-${till}`, searchKey: `${n}-${till}`, name: `Till ${till}`, client: 'C' },
        ...{ organization: `o${n}`, priceList: 'P', docNoPrefix: `${n}-${till}` },
        currency: { id: '102', isoCode: 'EUR', precision: 2 },
      })),
    ),
  });
}
