import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRoutes } from '../../../renderer/features/estate/organizations/route-groups.ts';
import {
  inOneUnit,
  toMilliseconds,
} from '../../../renderer/features/estate/preferences/duration.ts';
import { holderOf, settingOf } from '../../../renderer/features/estate/preferences/holder.ts';
import {
  changeOf,
  draftOf,
  faultsByField,
  newDraft,
} from '../../../renderer/features/estate/servers/draft.ts';
import { createFormat } from '../../../renderer/format.ts';
import type {
  DefinitionFinding,
  PreferenceList,
  ServerRow,
} from '../../../server/contract/definitions-api.ts';

const server: ServerRow = {
  id: 'S',
  key: 'Shop',
  name: 'Shop back room',
  description: '',
  type: 'STORE',
  url: 'http://10.0.0.2:8427/openbravo',
  priority: 10,
  allOrganizations: false,
  organizations: ['North'],
  allServices: false,
  definedServices: 'excluding',
  services: ['OrderLoader'],
  active: true,
  status: { state: null, since: null, reason: null, knownBy: 'nobody', lastContactAt: null },
  uptake: 'unknown',
  offers: [],
  serves: [],
};

describe('the form of a server', () => {
  it('asks for nothing where nothing was altered, and only for what was', () => {
    const draft = draftOf(server);
    expect(changeOf(draft, server)).toMatchObject({ action: 'update', id: 'S', fields: {} });
    expect(changeOf({ ...draft, priority: '20', offers: 'all' }, server)).toEqual({
      ...{ action: 'update', model: 'MobileServer', id: 'S' },
      fields: { priority: 20, allServices: true, definedServices: 'only', services: [] },
    });
  });

  it('hands on a priority that is no number, for the server to refuse', () => {
    const change = changeOf({ ...draftOf(server), priority: 'soon' }, server);
    expect(change).toMatchObject({ fields: { priority: 'soon' } });
  });

  it('places a new server after those that are there', () => {
    const draft = newDraft([server, { ...server, priority: 34 }]);
    expect(draft.priority).toBe('40');
    expect(changeOf({ ...draft, name: 'New' }, undefined)).toMatchObject({
      action: 'create',
      row: { name: 'New', priority: 40 },
    });
  });

  it('shows each fault at its field', () => {
    const fault = (field: string, message: string): DefinitionFinding => ({
      ...{ severity: 'error', code: 'badField', change: 0, model: null, id: null },
      ...{ forceable: false, tills: [], field, message },
    });
    const faults = [fault('services.2', 'one'), fault('services.4', 'two'), fault('url', 'three')];
    expect(faultsByField(faults)).toEqual({ services: 'one two', url: 'three' });
  });
});

describe('lengths of time', () => {
  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 24 * 60 * 60_000 }), (ms) => {
        const { amount, unit } = inOneUnit(String(ms));
        // More digits than people type are handed on in milliseconds anyway.
        expect(Number(toMilliseconds(amount, unit))).toBe(ms);
      }),
    );
  });

  it('are typed in the unit that suits them, also with a fraction', () => {
    expect(inOneUnit('43200000')).toEqual({ amount: '12', unit: 'hours' });
    expect(inOneUnit('90000')).toEqual({ amount: '90', unit: 'seconds' });
    expect(toMilliseconds('1,5', 'hours')).toBe('5400000');
    expect(toMilliseconds('-3', 'hours')).toBe('-3');
    expect(toMilliseconds('soon', 'days')).toBe('soon');
  });

  it('are written in the units that make them up', () => {
    const format = createFormat('en');
    expect(format.span(5_400_000)).toBe('1 hour, 30 minutes');
    expect(format.span(0)).toBe('0 seconds');
    expect(createFormat('es').span(43_200_000)).toBe('12 horas');
  });
});

describe('setting a preference', () => {
  const row = (id: string, active: boolean) => ({
    ...{ id, key: 'K', value: '1', organization: 'North', terminal: null, client: null, active },
  });
  const entry = {
    key: 'K',
    set: [row('old', false)],
  } as unknown as PreferenceList['preferences'][0];

  it('knows whose a row is', () => {
    expect(holderOf(row('old', true))).toEqual({ level: 'organization', id: 'North' });
    expect(holderOf({ ...row('old', true), organization: null }).level).toBe('system');
  });

  it('takes the row that is there, else makes one', () => {
    expect(settingOf(entry, { level: 'organization', id: 'North' }, '2')).toMatchObject({
      ...{ action: 'update', id: 'old', fields: { value: '2', active: true } },
    });
    expect(settingOf(entry, { level: 'terminal', id: 'T1' }, '2')).toMatchObject({
      ...{ action: 'create', row: { key: 'K', value: '2', terminal: 'T1' } },
    });
    expect(settingOf(entry, { level: 'system', id: '' }, '2')).toMatchObject({
      row: { key: 'K', value: '2' },
    });
  });
});

it('puts services that go the same way together, those without a server first', () => {
  const route = (service: string, servers: string[]) => ({
    ...{ service, module: 'm', routingType: 'Failover' as const, timeoutMs: 1, servers },
  });
  const groups = groupRoutes([
    ...[route('a', ['X', 'Y']), route('b', []), route('c', ['X', 'Y']), route('d', ['X'])],
  ]);
  expect(groups.map(({ services }) => services)).toEqual([['b'], ['a', 'c'], ['d']]);
});
