import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spelling } from '../../../server/core/servers.ts';
import { standardServices } from '../../../server/modules.ts';

/** docs/requirements.md says what is required, where the code is, and which tests show it. */

const ROOT = join(import.meta.dirname, '../../..');
const POS = 'org.openbravo.retail.posterminal';
/** A requirement without a test; the rest of the cell says what is missing. */
const NOT_YET = /^_not yet_: \S.{20,}$/;
const NAMED_TEST = /`(test\/[^`]+)`: "([^"]+)"/g;

interface Requirement {
  id: string;
  what: string;
  code: string[];
  tests: { path: string; name: string }[];
  shownBy: string;
}

/** The rows of every table in the file. */
function requirements(): Requirement[] {
  const lines = readFileSync(join(ROOT, 'docs/requirements.md'), 'utf8').split('\n');
  const rows = lines.filter((line) => /^\| R\d+ /.test(line));
  return rows.map((row) => {
    const [id = '', what = '', code = '', shownBy = '', ...more] = cellsOf(row);
    expect(more, `${id} has a column too many`).toEqual([]);
    const tests = [...shownBy.matchAll(NAMED_TEST)].map(([, path = '', name = '']) => ({
      ...{ path, name },
    }));
    const paths = [...code.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
    return { id, what, code: paths, tests, shownBy };
  });
}

function cellsOf(row: string): string[] {
  return row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(' | ')
    .map((cell) => cell.trim());
}

/** Whether a file has a string of exactly these words: the name of a test, or of a case of it. */
function namesTest(path: string, name: string): boolean {
  const source = readFileSync(join(ROOT, path), 'utf8');
  return [`'`, `"`, '`'].some((quote) => source.includes(quote + name + quote));
}

const rows = requirements();

describe('the table of requirements', () => {
  it('numbers its rows without gaps', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_row, index) => `R${index + 1}`));
  });

  it.each(rows)('$id is fulfilled by code and a test that are there', (row) => {
    expect(row.what).not.toBe('');
    expect(row.code.length, 'code').toBeGreaterThan(0);
    expect(row.code.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    if (NOT_YET.test(row.shownBy)) return;
    expect(row.tests.length, 'tests').toBeGreaterThan(0);
    // Nothing stands in the cell but tests.
    expect(row.shownBy.replaceAll(NAMED_TEST, '').replaceAll(/[;\s]/g, '')).toBe('');
    for (const { path, name } of row.tests) {
      expect(path).toMatch(/\.(test|spec)\.ts$/);
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      expect(namesTest(path, name), `${path} has a test "${name}"`).toBe(true);
    }
  });
});

const RETRIEVALS = [
  'org.openbravo.mobile.core.login.ContextInformation',
  `${POS}.master.BPLocation`,
  `${POS}.master.BusinessPartner`,
  `${POS}.master.DiscountFilterBusinessPartner`,
  `${POS}.master.Product`,
  `${POS}.PaidReceiptsHeader`,
  `${POS}.POSLoginHandler`,
];
const TRANSACTIONS = [
  `${POS}.CustomerAddrLoader`,
  `${POS}.CustomerLoader`,
  `${POS}.OrderLoader`,
  `${POS}.ProcessCashClose`,
  `${POS}.ProcessCashMgmt`,
];

it('the standard services of the description are there, each of its kind', () => {
  const typeOf = new Map(
    standardServices().map(({ name, routingType }) => [spelling(name), routingType]),
  );
  expect(RETRIEVALS.map((name) => [name, typeOf.get(name)])).toEqual(
    RETRIEVALS.map((name) => [name, 'Failover']),
  );
  expect(TRANSACTIONS.map((name) => [name, typeOf.get(name)])).toEqual(
    TRANSACTIONS.map((name) => [name, 'Transaction']),
  );
});
