import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checkTopology } from '../../../../server/core/topology/check.ts';
import { routeOfPath, routeOfService } from '../../../../server/core/topology/routes.ts';
import { survey } from '../../../../server/core/topology/store-view.ts';
import { whatIf } from '../../../../server/core/topology/what-if.ts';
import { KEYS, NAMES, topologies, withAddresses } from './random-estates.ts';
import { naiveMains, naiveServers, naiveService, naiveSplits } from './naive.ts';

/** Hundreds of random estates take a while on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const TRANSACTION = /\.posterminal\.(\w+Loader|ProcessCash\w+)$/;
const RUNS = { numRuns: 300 };

describe('resolution, against a naive second implementation', () => {
  it('finds the same servers, in the same order', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const estate = survey(topology);
        const places = estate.stores.flatMap((view) =>
          topology.services.map((service) => ({ view, service, id: view.store.id })),
        );
        const routes = places.map(({ view, service }) => routeOfService(estate, view, service));
        expect(routes.map(({ servers }) => servers.map(({ key }) => key))).toEqual(
          places.map(({ id, service }) => naiveServers(topology, id, service.name)),
        );
      }),
      RUNS,
    );
  });

  it('finds the same mains for every transaction', () => {
    fc.assert(
      fc.property(topologies, (any) => {
        const topology = withAddresses(any);
        const estate = survey(topology);
        const loaders = topology.services.filter(({ name }) => TRANSACTION.test(name));
        for (const view of estate.stores) {
          const homes = loaders.map((service) =>
            routeOfService(estate, view, service).homes.map(({ key }) => key),
          );
          expect(homes).toEqual(
            loaders.map(({ name }) => naiveMains(topology, view.store.id, name)),
          );
        }
      }),
      RUNS,
    );
  });

  it('finds the same service for a path', () => {
    const paths = fc
      .tuple(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 }), fc.nat(8))
      .map(([name, tail, cut]) => `/openbravo/${name.slice(0, name.length - cut)}${tail}/x`);
    fc.assert(
      fc.property(topologies, paths, (topology, path) => {
        const estate = survey(topology);
        for (const view of estate.stores.slice(0, 1)) {
          const expected = naiveService(topology, path) ?? 'Generic';
          expect(routeOfPath(estate, view, path).service).toBe(expected);
        }
      }),
      RUNS,
    );
  });
});

describe('the checker, against a naive second implementation', () => {
  it('finds every main that lacks what it needs, and no other', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const named = withAddresses(topology);
        const found = checkTopology(named)
          .filter(({ rule }) => rule === 'same-mains')
          .flatMap(({ where }) => {
            const [first = '', then = ''] = where.services.map((name) => name.split('.').at(-1));
            if (first === then) return [];
            return where.servers.map(
              (key) => `${where.stores[0]?.id ?? ''}: ${first} → ${then} @ ${key}`,
            );
          });
        const stores = survey(named).stores.map(({ store }) => store);
        expect(found.toSorted()).toEqual(naiveSplits(named, stores));
      }),
      RUNS,
    );
  });

  it('never throws, and tells a story and a way to mend with each finding', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        for (const finding of checkTopology(topology)) {
          expect(finding.story).toMatch(/\w+.*\.$/);
          expect(finding.mend).toMatch(/\w+.*\.$/);
          expect(finding.message).not.toMatch(/undefined|null|NaN|\[object/);
          expect(finding.story).not.toMatch(/undefined|null|\[object/);
        }
      }),
      RUNS,
    );
  });

  it('tells of steps that the resolver comes to as well', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const named = withAddresses(topology);
        const tellers = new Set(['same-mains', 'incomplete-books', 'main-reachable']);
        for (const { rule, where, steps } of checkTopology(named)) {
          if (!tellers.has(rule)) continue;
          for (const { service, reaches } of steps) {
            expect(reaches).toEqual(naiveMains(named, where.stores[0]?.id ?? '', service));
          }
        }
      }),
      RUNS,
    );
  });
});

describe('what if servers are down', () => {
  const downSets = fc.subarray(KEYS);

  it('never gets better when one more is down', () => {
    const rank = { no: 0, partly: 1, yes: 2, unknown: 3 } as const;
    fc.assert(
      fc.property(topologies, downSets, fc.constantFrom(...KEYS), (topology, down, more) => {
        const [before, after] = whatIf(topology, [down, [...down, more]]);
        before!.stores.forEach((store, at) => {
          for (const ability of ['logIn', 'query', 'sell', 'confirm'] as const) {
            const now = after!.stores[at]![ability].works;
            expect(rank[now]).toBeLessThanOrEqual(rank[store[ability].works]);
          }
        });
      }),
      RUNS,
    );
  });

  it('leaves nothing but the till when every server is down', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const [all] = whatIf(topology, [KEYS]);
        for (const { logIn, query, sell, confirm } of all!.stores) {
          if (logIn.works === 'unknown') continue;
          expect([logIn.works, query.works, sell.works, confirm.works]).toEqual([
            ...['no', 'no', 'partly', 'no'],
          ]);
        }
      }),
      RUNS,
    );
  });
});
