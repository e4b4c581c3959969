import { describe, expect, it } from 'vitest';
import { differences, expectedAnswers } from '../../../server/cli/scenario/expected.ts';
import type { Answering } from '../../../server/cli/scenario/expected.ts';
import { definitionsOf, estateOf, organizationId } from '../../../server/cli/scenario/estate.ts';
import { centralAggregation } from '../../../server/cli/scenario/plans/central-aggregation.ts';
import { mainAndFailover } from '../../../server/cli/scenario/plans/main-and-failover.ts';
import { sharedStoreServers } from '../../../server/cli/scenario/plans/shared-store-servers.ts';
import { splitServices } from '../../../server/cli/scenario/plans/split-services.ts';
import type { Scenario } from '../../../server/cli/scenario/scenario.ts';
import { standardServices } from '../../../server/start.ts';

const services = standardServices();

/** Who must answer a till of a shop while some servers are down. */
function expected(scenario: Scenario, till: string, down: readonly string[]): Answering {
  const addresses = new Map(
    scenario.servers.map(({ key }) => [key, `http://${key}.test/openbravo`]),
  );
  const estate = estateOf(scenario, addresses);
  const terminal = estate.terminals.find((row) => row.searchKey === till)!;
  return expectedAnswers(
    { definitions: definitionsOf(estate), services },
    { organization: terminal.organization, page: scenario.tills[till]! },
    (key) => !down.includes(key),
  );
}

describe('who must answer a till', () => {
  it.each([
    ['the shop’s own store server and the main', 'C-01', [], 'Centro', ['Central']],
    ['the fail-over server for the main', 'C-01', ['Central'], 'Centro', ['Backup']],
    ['the cloud for the shop’s server', 'C-01', ['Centro'], 'Cloud', ['Central']],
    ['the cloud alone for another shop', 'N-01', ['Cloud'], null, ['Central']],
    ['nobody for tickets', 'N-01', ['Central', 'Backup'], 'Cloud', []],
  ])('is, with a main and a fail-over server: %s', (_, till, down, queries, tickets) => {
    const all = { logIn: queries, products: queries, customers: queries, tickets };
    expect(expected(mainAndFailover, till, down)).toEqual(all);
  });

  it('is the server of the parent organization for the shops below it', () => {
    for (const till of ['N-01', 'S-01']) {
      expect(expected(sharedStoreServers, till, [])).toMatchObject({
        logIn: 'Shared',
        tickets: ['Shared'],
      });
    }
    expect(expected(sharedStoreServers, 'S-01', ['Shared'])).toMatchObject({ logIn: 'Central' });
  });

  it('is the centre for tickets alone where only the store servers answer queries', () => {
    expect(expected(centralAggregation, 'C-01', ['Centro'])).toEqual({
      ...{ logIn: null, products: null, customers: null },
      tickets: ['Central'],
    });
  });

  it('is one server for products and another for business partners, for one shop only', () => {
    expect(expected(splitServices, 'C-01', [])).toEqual({
      ...{ logIn: 'Products', products: 'Products', customers: 'Partners', tickets: ['Central'] },
    });
    const own = 'Central (own page)';
    expect(expected(splitServices, 'N-01', ['Products', 'Partners'])).toEqual({
      ...{ logIn: own, products: own, customers: own, tickets: [own] },
    });
  });
});

describe('the difference to what a till saw', () => {
  const wanted: Answering = { logIn: 'A', products: 'A', customers: null, tickets: ['M', 'N'] };

  it('is nothing where it is the same, in whatever order', () => {
    expect(differences(wanted, { ...wanted, tickets: ['N', 'M'] })).toEqual([]);
  });

  it('names each call that another server answered, or nobody', () => {
    expect(
      differences(wanted, { logIn: null, products: 'B', customers: 'A', tickets: [] }),
    ).toEqual([
      'logIn: nobody instead of A',
      'products: B instead of A',
      'customers: A instead of nobody',
      'tickets: nobody instead of M and N',
    ]);
  });
});

describe('the estate of a scenario', () => {
  it('has a third shop, and the small shops under a parent of their own', () => {
    const { organizations, terminals } = estateOf(sharedStoreServers, new Map());
    const parentOf = (name: string) => organizations.find((row) => row.name === name)?.parent;
    expect(parentOf('Madrid Norte')).toBe(organizationId('Small shops'));
    expect(parentOf('Madrid Sur')).toBe(organizationId('Small shops'));
    expect(parentOf('Small shops')).toBe(parentOf('Madrid Centro'));
    expect(new Set(terminals.map((row) => row.docNoPrefix)).size).toBe(terminals.length);
    expect(new Set(terminals.map((row) => row.id)).size).toBe(terminals.length);
  });
});
