import { describe, expect, it } from 'vitest';
import {
  faultsOfRow,
  organizationChange,
  organizationDraft,
} from '../../../renderer/features/estate/organizations/organization-draft.ts';
import {
  likeTill,
  newTillDraft,
  tillChange,
  tillDraft,
} from '../../../renderer/features/estate/organizations/till-draft.ts';
import type { Till } from '../../../renderer/features/estate/organizations/till-draft.ts';
import { formatOf, readChosen } from '../../../renderer/features/estate/file/chosen-file.ts';
import { differingParts } from '../../../renderer/features/estate/review/parts.ts';
import type {
  DefinitionFinding,
  OrganizationNode,
} from '../../../server/contract/definitions-api.ts';
import { LIMITS } from '../../../server/contract/limits.ts';

const node: OrganizationNode = {
  ...{ id: 'N', name: 'North', parent: 'All', active: true },
  ...{ depth: 1, tills: 0, servers: [] },
};
const till: Till = {
  ...{ id: '1', searchKey: 'V-1', name: 'Till 1', client: 'C', organization: 'N' },
  ...{ priceList: 'P', docNoPrefix: 'V1', returnDocNoPrefix: 'V1R', quotationDocNoPrefix: null },
  currency: { id: '102', isoCode: 'EUR', precision: 2 },
  config: { payments: ['cash'], pricelist: { name: 'Retail' } },
  ...{ active: true, lastSeenAt: null, uptake: 'unknown' as const },
};
const other: Till = { ...till, id: '2', priceList: 'W', config: { payments: ['card'] } };

describe('the form of an organization', () => {
  it('asks only for what was altered, and moves to the top', () => {
    const draft = organizationDraft(node, '');
    expect(organizationChange(draft, node)).toMatchObject({ id: 'N', fields: {} });
    expect(organizationChange({ name: ' South ', parent: '' }, node)).toEqual({
      ...{ action: 'update', model: 'Organization', id: 'N' },
      fields: { name: 'South', parent: null },
    });
  });

  it('makes a new one below another', () => {
    const draft = { ...organizationDraft(undefined, 'All'), name: 'West' };
    expect(organizationChange(draft, undefined)).toEqual({
      ...{ action: 'create', model: 'Organization', row: { name: 'West', parent: 'All' } },
    });
  });

  it('shows what is said of it, not what is said of others for the same reason', () => {
    const fault = (id: string, message: string, change: number | null): DefinitionFinding => ({
      ...{ severity: 'error', code: 'cycle', model: 'Organization', field: 'parent' },
      ...{ forceable: false, tills: [], id, message, change },
    });
    const field = (): 'parent' => 'parent';
    const cycle = [fault('A', 'A is above itself', null), fault('N', 'N is above itself', 0)];
    expect(faultsOfRow(cycle, 'N', field)).toEqual({ parent: 'N is above itself' });
    expect(faultsOfRow(cycle.slice(0, 1), 'N', field)).toEqual({ parent: 'A is above itself' });
  });
});

describe('the form of a till', () => {
  it('asks for nothing where nothing was altered, and only for what was', () => {
    const draft = tillDraft(till);
    expect(tillChange(draft, till, [till, other])).toMatchObject({ id: '1', fields: {} });
    const altered = { ...draft, name: 'Front', returnDocNoPrefix: ' ', organization: 'S' };
    expect(tillChange(altered, till, [till, other])).toMatchObject({
      fields: { name: 'Front', returnDocNoPrefix: null, organization: 'S' },
    });
  });

  it('takes the set-up of another till over, with its prices and money', () => {
    const draft = { ...tillDraft(till), ...likeTill(other) };
    expect(tillChange(draft, till, [till, other])).toMatchObject({
      fields: { priceList: 'W', config: { payments: ['card'] } },
    });
    const made = { ...newTillDraft('S', other), searchKey: 'V-3', name: 'Till 3' };
    expect(tillChange({ ...made, docNoPrefix: 'V3' }, undefined, [other])).toEqual({
      ...{ action: 'create', model: 'Terminal' },
      row: {
        ...{ searchKey: 'V-3', name: 'Till 3', organization: 'S', client: 'C', priceList: 'W' },
        ...{ docNoPrefix: 'V3', returnDocNoPrefix: null, quotationDocNoPrefix: null },
        ...{ currency: till.currency, config: { payments: ['card'] } },
      },
    });
  });

  it('hands on a currency that is none, for the server to refuse', () => {
    const draft = { ...newTillDraft('S', undefined), currency: 'euro' };
    expect(tillChange(draft, undefined, [])).toMatchObject({ row: { currency: 'euro' } });
    expect(tillChange({ ...draft, currency: ' 102 EUR 2 ' }, undefined, [])).toMatchObject({
      row: { currency: { id: '102', isoCode: 'EUR', precision: 2 } },
    });
  });
});

describe('an estate file that is chosen', () => {
  it('has the format that its name says', () => {
    expect(['a.yaml', 'a.YML', 'a.json', 'a.txt'].map(formatOf)).toEqual([
      ...['yaml', 'yaml', 'json', undefined],
    ]);
  });

  it('is not read where it does not fit into a request', async () => {
    const read = (text: string) => readChosen(new File([text], 'estate.json'));
    expect(await read('{}')).toMatchObject({ text: '{}', bytes: 2, format: 'json' });
    expect(await read('x'.repeat(LIMITS.definitionsBodyBytes + 1))).toBeUndefined();
    // Quotation marks are escaped on their way.
    expect(await read('"'.repeat(LIMITS.definitionsBodyBytes * 0.6))).toBeUndefined();
  });
});

it('names the parts of a set-up that differ', () => {
  expect(differingParts({ a: 1, b: [1], c: 3 }, { a: 1, b: [2], d: 4 })).toEqual(['b', 'c', 'd']);
  expect(differingParts(null, { a: 1 })).toEqual(['a']);
});
