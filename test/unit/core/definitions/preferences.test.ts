import { describe, expect, it } from 'vitest';
import {
  PREFERENCE_CATALOGUE,
  valueFault,
} from '../../../../server/core/definitions/preference-catalogue.ts';
import { effectiveOf } from '../../../../server/core/definitions/effective.ts';
import { editionOf } from '../../../../server/core/definitions/edition.ts';
import { ownerOf } from '../../../../server/core/definitions/owner.ts';
import {
  durationPreferenceMs,
  multiServerEnabled,
  preference as valueAt,
} from '../../../../server/core/preferences.ts';
import { definitionsOf, userOf } from '../../../support/definitions.ts';
import { preference, server, till } from './support.ts';

const PING = 'OBMOBC_RequestRouterPingTimeInterval';
const organizations = [
  { id: 'Root', name: 'Chain', parent: null, active: true },
  { id: 'North', name: 'North', parent: 'Root', active: true },
];

describe('preferences', () => {
  it('come from the terminal, the organization, those above, the client, the system: in this order', () => {
    const rows = [
      preference({ id: 't', key: PING, value: '5000', terminal: 'T' }),
      preference({ id: 'n', key: PING, value: '4000', organization: 'North' }),
      preference({ id: 'r', key: PING, value: '3000', organization: 'Root' }),
      preference({ id: 'c', key: PING, value: '2000', client: 'C' }),
      preference({ id: 's', key: PING, value: '1500' }),
    ];
    const place = { terminal: 'T', organization: 'North', client: 'C' };
    rows.forEach((row, index) => {
      const definitions = definitionsOf({
        organizations,
        preferences: rows.slice(index).toReversed(),
      });
      expect(durationPreferenceMs(definitions, 'pingInterval', place)).toBe(Number(row.value));
    });
    expect(durationPreferenceMs(definitionsOf(), 'pingInterval', place)).toBe(300_000);
    expect(valueAt(definitionsOf({ organizations, preferences: rows }), PING, 'North')).toBe(
      '4000',
    );
  });

  it('pass over values that are none, and tell of them', () => {
    const definitions = definitionsOf({
      organizations,
      preferences: [
        preference({ id: 'n', key: PING, value: 'often', organization: 'North' }),
        preference({ id: 's', key: PING, value: '2000' }),
      ],
    });
    const entry = PREFERENCE_CATALOGUE.find(({ key }) => key === PING)!;
    expect(effectiveOf(definitions, entry, { organization: 'North' })).toEqual({
      ...{ value: '2000', level: 'system', preference: 's', holder: null },
      ignored: [{ preference: 'n', value: 'often' }],
    });
  });

  it('enable the architecture for the system only', () => {
    const key = 'OBMOBC_MultiServerArchitecture';
    const set = (parts: object) =>
      multiServerEnabled(definitionsOf({ preferences: [preference({ id: 'e', key, ...parts })] }));
    expect(set({})).toBe(true);
    for (const parts of [
      { value: 'N' },
      { value: 'y' },
      { active: false },
      { organization: 'Root' },
      { client: 'C' },
      { terminal: 'T' },
    ]) {
      expect(set(parts)).toBe(false);
    }
  });

  it('have defaults that are values of their own kind', () => {
    for (const entry of PREFERENCE_CATALOGUE) {
      if (entry.default !== null) expect(valueFault(entry, entry.default)).toBeNull();
    }
  });
});

describe('the edition', () => {
  const definitions = definitionsOf({
    organizations,
    servers: [server({ id: 'a' }), server({ id: 'b' })],
    users: [userOf({ id: 'u', passwordHash: 'x' })],
    terminals: [till({ id: 'T' })],
  });

  it('does not depend on versions, on the order of rows, or on inactive ones', () => {
    const other = {
      ...definitions,
      version: 77,
      servers: [...definitions.servers.toReversed(), server({ id: 'c', active: false })],
      organizations: organizations.toReversed(),
    };
    expect(editionOf(other)).toBe(editionOf(definitions));
    expect(editionOf(definitions)).toMatch(/^[0-9a-f]{20}$/);
  });

  it('depends on everything else', () => {
    const others = [
      { ...definitions, servers: [server({ id: 'a', priority: 2 }), server({ id: 'b' })] },
      { ...definitions, users: [userOf({ id: 'u', passwordHash: 'y' })] },
      { ...definitions, terminals: [] },
    ];
    expect(new Set([definitions, ...others].map(editionOf)).size).toBe(4);
  });
});

describe('the owner of the definitions', () => {
  const key = 'Backroom_DefinitionsOwner';
  const servers = [
    server({ id: 'M1', type: 'MAIN', name: 'One' }),
    server({ id: 'M2', type: 'MAIN' }),
  ];

  it('is a main itself, the main that was joined, or the one that the preference names', () => {
    const definitions = definitionsOf({ servers });
    expect(ownerOf(definitions, { key: 'M2', role: 'main' }, null)).toMatchObject({ isSelf: true });
    expect(ownerOf(definitions, { key: 'M2', role: 'main' }, 'M1')).toMatchObject({
      key: 'M1',
      isSelf: false,
    });
    expect(ownerOf(definitions, { key: 'S', role: 'store' }, 'M1')).toEqual({
      key: 'M1',
      name: 'One',
      isSelf: false,
    });
    const moved = definitionsOf({
      servers,
      preferences: [preference({ id: 'o', key, value: 'M2' })],
    });
    expect(ownerOf(moved, { key: 'M1', role: 'main' }, null).key).toBe('M2');
    expect(ownerOf(moved, { key: 'S', role: 'store' }, 'M1').key).toBe('M2');
  });
});
