import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { ModelDeclaration, ModelRow } from '../../../server/core/model.ts';
import { toModelRow } from '../../../server/core/model.ts';
import { bootstrapRoutes } from '../../../server/mobile/bootstrap.ts';
import { MASTER } from '../../../server/mobile/modules/posterminal/models/model.ts';
import { CLOCK_SKEW_OVERLAP_MS } from '../../../server/mobile/query/last-updated.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import type { Storage } from '../../../server/storage/port.ts';
import {
  answered,
  contextOn,
  models,
  NOW_MS,
  systemAt,
  till,
  tillQuery,
} from '../../support/mobile/shop.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import type { ModelFacts } from './master-data-facts.ts';
import { MODEL_FACTS } from './master-data-facts.ts';
import { JSONREST, POS, START_MS, startMobileServer, TILL } from './mobile-server.ts';

const ROWS = 25;
const INACTIVE = 4;
const PAGE = 10;
const names = Object.keys(MODEL_FACTS);

const directory = temporaryDirectory();
let storage: Storage;
let nowMs = NOW_MS;

beforeAll(async () => {
  storage = await openSqliteStorage({
    directory: directory.path,
    models,
    ...systemAt(() => nowMs),
  });
  for (const name of names) await put(name, 0, ROWS);
});

afterAll(async () => {
  await storage.close();
  await directory[Symbol.asyncDispose]();
});

describe.each(names)('%s', (name) => {
  const facts = MODEL_FACTS[name]!;
  const service = `${MASTER}.${name}`;

  it('answers with every property, rightly typed', async () => {
    const { data } = await answered(service, tillQuery(), context());
    expect(data).not.toHaveLength(0);
    for (const row of data) {
      for (const [property, type] of typesOf(facts)) {
        expect(row, `${name}.${property}`).toHaveProperty([property]);
        expect(typeIn(row, property), `${name}.${property}`).toBe(type);
      }
    }
  });

  it('declares each property with its type, and fills in null where a row lacks it', () => {
    const { properties } = modelOf(name);
    const bare = toModelRow(modelOf(name), { [facts.key]: 'bare' });
    const completed = JSON.parse('json' in bare ? bare.json : '{}') as JsonObject;
    expect(Object.keys(properties)).toHaveLength(typesOf(facts).length);
    for (const [property, type] of typesOf(facts)) {
      expect(properties[property], property).toBe(property === facts.key ? 'key' : type);
      expect(completed, property).toHaveProperty([property]);
    }
  });

  it('loads completely page by page: active rows once, in order, endRow + 1 of them', async () => {
    const loaded: JsonObject[] = [];
    for (;;) {
      const page = await answered(
        service,
        tillQuery({ _limit: PAGE, _offset: loaded.length, _count: loaded.length }),
        context(),
      );
      loaded.push(...page.data);
      expect(page.endRow + 1).toBe(loaded.length);
      if (page.data.length < PAGE) break;
    }
    const keys = loaded.map((row) => row[facts.key]);
    expect(new Set(keys).size).toBe(ROWS - INACTIVE);
    expect(loaded.every((row) => row['active'] !== false)).toBe(true);
    expect(keys).toEqual(inOrder(loaded, facts).map((row) => row[facts.key]));
  });
});

describe('increments', () => {
  it('have what changed since, inactive rows included, and nothing older', async () => {
    for (const name of names) {
      nowMs = NOW_MS + 2 * CLOCK_SKEW_OVERLAP_MS;
      await put(name, 0, 3, { active: false });
      const changed = await answered(
        `${MASTER}.${name}`,
        tillQuery({ lastUpdated: nowMs }),
        context(),
      );
      expect(changed.data, name).toHaveLength(3);
      expect(changed.data.every((row) => row['active'] === false)).toBe(true);
      const none = await answered(
        `${MASTER}.${name}`,
        tillQuery({ lastUpdated: nowMs + 2 * CLOCK_SKEW_OVERLAP_MS }),
        contextOn(storage, {}, () => nowMs + 2 * CLOCK_SKEW_OVERLAP_MS),
      );
      expect(none.data, name).toHaveLength(0);
      expect(none.totalRows).toBe(0);
      await put(name, 0, 3);
      nowMs = NOW_MS;
    }
  });
});

describe('searches', () => {
  const product = `${MASTER}.Product`;
  const search = (...remoteFilters: JsonObject[]): JsonObject => tillQuery({ remoteFilters });

  it('find by part of the identifier, without regard to case', async () => {
    const { data } = await answered(
      product,
      search({ columns: ['_filter'], operator: 'filter', value: 'IDENTIFIER 7' }),
      context(),
    );
    expect(data.map((row) => row['id'])).toEqual(['Product-07']);
  });

  it('compare numbers, booleans and ids as what they are', async () => {
    const { data } = await answered(
      product,
      search(
        { columns: ['standardPrice'], operator: 'greaterThan', value: '7.5' },
        { columns: ['standardPrice'], operator: 'lessThan', value: 13 },
        { columns: ['bestseller'], operator: 'equals', value: 'true', boolean: true },
        { columns: ['productCategory'], operator: 'equals', value: '__all__' },
      ),
      context(),
    );
    expect(data.map((row) => row['id'])).toEqual(['Product-08', 'Product-10', 'Product-12']);
  });

  it('come in the order that was asked for', async () => {
    const { data } = await answered(
      product,
      tillQuery({ orderByClause: 'product.standardPrice desc', _limit: 2 }),
      context(),
    );
    expect(data.map((row) => row['standardPrice'])).toEqual([
      ROWS - INACTIVE - 0.5,
      ROWS - INACTIVE - 1.5,
    ]);
  });

  it('find customers by their addresses', async () => {
    const { data } = await answered(
      `${MASTER}.BPartnerFilter`,
      search(
        { columns: ['cityName'], operator: 'contains', value: 'cityname 1', location: true },
        { columns: ['searchKey'], operator: 'startsWith', value: 'searchkey 12' },
      ),
      context(),
    );
    expect(data).toMatchObject([
      { bpartnerId: 'BusinessPartner-12', bpLocactionId: 'BPLocation-12', isBillTo: true },
    ]);
  });
});

describe('price lists', () => {
  it('give a till its own products and the prices of the others', async () => {
    const row = {
      ...rowOf('ProductPrice', 0),
      m_productprice_id: 'own',
      m_pricelist_id: till.priceList,
    };
    await putRows('ProductPrice', [row]);
    const { data } = await answered(`${MASTER}.ProductPrice`, tillQuery(), context());
    expect(data).toHaveLength(ROWS - INACTIVE);
    expect(data.some((price) => price['m_pricelist_id'] === till.priceList)).toBe(false);
  });
});

describe('over HTTP', () => {
  it('a till starts: definitions, labels and structures without a token, then its own data', async () => {
    await using server = await startMobileServer({ role: 'main', overrides: { bootstrapRoutes } });
    const utils = `/${POS}.service.loginutils?terminalName=${TILL.searchKey}`;
    const init = await server.call(`${utils}&command=initActions`, { token: null });
    expect(init).toMatchObject({ status: 200, json: { terminalAuthentication: 'N' } });
    const labels = await server.call(`${utils}&command=preRenderActions`, { token: null });
    expect(labels.json).toMatchObject({ activeSession: false, labels: { OBMOBC_LblOk: 'OK' } });
    const script = await server.call(
      '/org.openbravo.mobile.core/OBMOBC_Main/ClientModel?modelName=TaxRate',
      { token: null },
    );
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.text).toContain('registerModel');

    const query = encodeURI(JSON.stringify(tillQuery({ pos: TILL.id, terminalName: undefined })));
    const terminal = await server.call(`${JSONREST}/${POS}.term.Terminal/${query}`);
    expect(terminal.response).toMatchObject({
      status: 0,
      data: expect.arrayContaining([
        {
          terminal: expect.objectContaining({
            id: TILL.id,
            businessPartner: 'ANYBODY',
          }) as JsonObject,
        },
      ]) as JsonObject[],
    });
    const page = await server.call(`${JSONREST}/${POS}.master.Product/${query}`);
    expect(page.response).toEqual({
      ...{ data: [], startRow: 0, endRow: -1, totalRows: 0, status: 0 },
      lastUpdated: START_MS,
    });
  });
});

function context() {
  return contextOn(storage, {}, () => nowMs);
}

async function put(name: string, from: number, to: number, more: JsonObject = {}): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, at) => ({
    ...rowOf(name, from + at),
    ...more,
  }));
  await putRows(name, rows);
}

async function putRows(name: string, values: readonly JsonObject[]): Promise<void> {
  const rows = values.map((value) => toModelRow(modelOf(name), value, till.priceList));
  expect(rows.filter((row) => 'reason' in row)).toEqual([]);
  await storage.putRows({ model: name, rows: rows as ModelRow[], keepUnconfirmed: false });
}

function modelOf(name: string): ModelDeclaration {
  return models.find((candidate) => candidate.name === name)!;
}

/** A row of the model from the table of facts; the last ones are inactive. */
function rowOf(name: string, at: number): JsonObject {
  const facts = MODEL_FACTS[name]!;
  const row: JsonObject = {};
  for (const [property, type] of typesOf(facts)) row[property] = valueOf(property, type, at);
  row['active'] = at < ROWS - INACTIVE;
  row[facts.key] = `${name}-${String(at).padStart(2, '0')}`;
  if (name === 'BPLocation') row['bpartner'] = `BusinessPartner-${String(at).padStart(2, '0')}`;
  return row;
}

function valueOf(property: string, type: string, at: number) {
  switch (type) {
    case 'number':
      return at + 0.5;
    case 'boolean':
      return at % 2 === 0;
    case 'yesNo':
      return at % 2 === 0 ? 'Y' : 'N';
    case 'date':
      return `2026-01-${String(at + 1).padStart(2, '0')}`;
    case 'timestamp':
      return new Date(NOW_MS - at * 1000).toISOString();
    default:
      return `${property} ${at}`;
  }
}

function typesOf(facts: ModelFacts): [property: string, type: string][] {
  const { key, text, number, boolean, yesNo, date, timestamp } = facts;
  return Object.entries({
    text: `${key} ${text ?? ''}`,
    number,
    boolean,
    yesNo,
    date,
    timestamp,
  }).flatMap(([type, list]) =>
    (list ?? '')
      .split(' ')
      .filter(Boolean)
      .map((property): [string, string] => [property, type]),
  );
}

/** The type that a value of the wire has, in the words of the facts. */
function typeIn(row: JsonObject, property: string): string {
  const value = row[property];
  if (typeof value !== 'string') return typeof value;
  if (/^[YN]$/.test(value)) return 'yesNo';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? 'timestamp' : 'text';
}

function inOrder(rows: readonly JsonObject[], facts: ModelFacts): JsonObject[] {
  const order = [...(facts.order ?? '').split(' ').filter(Boolean), facts.key];
  return rows.toSorted((a, b) => {
    for (const property of order) {
      const sign = property.startsWith('-') ? -1 : 1;
      const name = property.replace('-', '');
      const [one, other] = [a[name]!, b[name]!];
      if (one !== other) return one < other ? -sign : sign;
    }
    return 0;
  });
}
