import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Definitions } from '../../../../server/contract/definitions.ts';
import type { DefinitionChange } from '../../../../server/contract/definitions-api.ts';
import { makeChanges } from '../../../../server/core/definitions/change.ts';
import { differenceOf } from '../../../../server/core/definitions/difference.ts';
import { editionOf } from '../../../../server/core/definitions/edition.ts';
import { undoChange } from '../../../../server/core/definitions/undo.ts';
import {
  findingsOf,
  isRefused,
  judgeChange,
} from '../../../../server/core/definitions/validate.ts';
import { definitionsOf } from '../../../support/definitions.ts';
import { SERVICES, server, till } from './support.ts';

const IDS = ['a', 'b', 'c', 'd'];
const start: Definitions = definitionsOf({
  organizations: IDS.map((id) => ({ id, name: id, parent: id === 'a' ? null : 'a', active: true })),
  servers: IDS.slice(0, 3).map((id, index) =>
    server({ id, type: id === 'a' ? 'MAIN' : 'STORE', priority: index }),
  ),
  terminals: [till({ id: 'a', organization: 'b' }), till({ id: 'b', organization: 'c' })],
});
const JUDGING = { services: SERVICES, running: [], ownerKey: 'a' };

const id = fc.constantFrom(...IDS);
/** Small worlds, so that changes get in each other's way. */
const serverFields = fc.record(
  {
    key: id,
    name: id,
    url: id.map((host) => `http://${host}.example/openbravo`),
    priority: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constant('ten')),
    type: fc.constantFrom('MAIN', 'STORE', 'OTHER'),
    allOrganizations: fc.boolean(),
    organizations: fc.array(fc.constantFrom('a', 'b', 'z'), { maxLength: 2 }),
    allServices: fc.boolean(),
    services: fc.array(fc.constantFrom('OrderLoader', 'master', 'nothing'), { maxLength: 2 }),
    active: fc.boolean(),
  },
  { requiredKeys: [] },
);
const organizationFields = fc.record(
  { name: id, parent: fc.option(id), active: fc.boolean() },
  { requiredKeys: [] },
);
const terminalFields = fc.record(
  { organization: id, searchKey: id, active: fc.boolean() },
  { requiredKeys: [] },
);
const preferenceFields = fc.record(
  {
    key: fc.constantFrom(
      ...['OBMOBC_AuthenticationTokenMaxAge', 'OBMOBC_RequestRouterRefreshTokenInterval'],
      'OBMOBC_MultiServerArchitecture',
    ),
    value: fc.constantFrom('Y', '60000', '120000', '90000000', 'x'),
    organization: fc.option(id),
    terminal: fc.option(id, { freq: 1 }),
    active: fc.boolean(),
  },
  { requiredKeys: ['key', 'value'] },
);
const fieldsOf = {
  MobileServer: serverFields,
  Organization: organizationFields,
  Terminal: terminalFields,
  Preference: preferenceFields,
};
const change: fc.Arbitrary<DefinitionChange> = fc
  .constantFrom('MobileServer', 'Organization', 'Terminal', 'Preference')
  .chain((model) =>
    fc.oneof(
      fc.record({
        action: fc.constant('update' as const),
        model: fc.constant(model),
        id,
        fields: fieldsOf[model],
      }),
      fc.record({
        action: fc.constant('create' as const),
        model: fc.constant(model),
        row: fieldsOf[model],
      }),
      fc.record({ action: fc.constant('deactivate' as const), model: fc.constant(model), id }),
    ),
  );
const requests = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 12 });

const errorsIn = (definitions: Definitions) =>
  findingsOf(definitions, SERVICES).filter(({ severity }) => severity === 'error');

/** What the desk does: a request is in force as a whole, or not at all. */
function runAll(asked: readonly DefinitionChange[][]) {
  let now = start;
  let made = 0;
  const accepted = asked.flatMap((changes) => {
    const changed = makeChanges(now, changes, () => `new${(made += 1)}`);
    const findings = [
      ...changed.findings,
      ...judgeChange(now, changed.after, changed.rows, JUDGING),
    ];
    if (isRefused(findings, false)) return [];
    const before = now;
    now = changed.after;
    return [{ before, ...changed }];
  });
  return { now, accepted };
}

it('any accepted sequence of changes keeps what must hold of the whole', () => {
  expect(errorsIn(start)).toEqual([]);
  let accepted = 0;
  fc.assert(
    fc.property(requests, (asked) => {
      const run = runAll(asked);
      accepted += run.accepted.length;
      expect(errorsIn(run.now)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  // The law says nothing where everything is refused.
  expect(accepted).toBeGreaterThan(100);
});

it('undoing what was done, the newest first, restores exactly what there was', () => {
  fc.assert(
    fc.property(requests, (asked) => {
      const { now, accepted } = runAll(asked);
      let back = now;
      for (const { before, rows } of accepted.toReversed()) {
        const undone = undoChange(back, rows);
        expect(undone.findings).toEqual([]);
        back = undone.after;
        expect(editionOf(back)).toBe(editionOf(before));
      }
      expect(editionOf(back)).toBe(editionOf(start));
    }),
    { numRuns: 300 },
  );
});

it('a change that says nothing new has no difference, and the edition says so', () => {
  fc.assert(
    fc.property(requests, (asked) => {
      for (const { before, after, rows } of runAll(asked).accepted) {
        const active = differenceOf(rows).filter(({ kind, model, id: row }) => {
          const list = {
            MobileServer: 'servers',
            Organization: 'organizations',
            Terminal: 'terminals',
            Preference: 'preferences',
            User: 'users',
          } as const;
          const isActive = (definitions: Definitions): boolean =>
            definitions[list[model]].some((one) => one.id === row && one.active);
          return kind !== 'changed' || isActive(before) || isActive(after);
        });
        const isSame = editionOf(before) === editionOf(after);
        if (active.length === 0) expect(isSame).toBe(true);
        else if (active.every(({ kind }) => kind === 'changed')) expect(isSame).toBe(false);
      }
    }),
  );
});
