import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MobileService } from '../../../../server/contract/definitions.ts';
import { serviceList } from '../../../../server/core/definitions/service-list.ts';
import { standardServices } from '../../../../server/modules.ts';
import { readServiceCatalogue } from '../../../../server/desk.ts';

const FILE = join(import.meta.dirname, '../../../../resources/services.json');
const service = (module: string, routingType: MobileService['routingType']): MobileService => ({
  name: 'com.example.Loyalty',
  module,
  routingType,
  timeoutMs: 5_000,
});

describe('the standard list of mobile services', () => {
  it('is what the manifests of the modules say (vitest -u writes it anew)', async () => {
    await expect(`${JSON.stringify(standardServices(), null, 2)}\n`).toMatchFileSnapshot(FILE);
    expect(await readServiceCatalogue()).toEqual(standardServices());
  });

  it('has the services that a sale needs, with their routing types', async () => {
    const byName = new Map((await readServiceCatalogue()).map((row) => [row.name, row]));
    const posterminal = 'org.openbravo.retail.posterminal.';
    for (const name of ['OrderLoader', 'CustomerLoader', 'CustomerAddrLoader', 'ProcessCashMgmt']) {
      expect(byName.get(posterminal + name)).toMatchObject({ routingType: 'Transaction' });
    }
    expect(byName.get(`${posterminal}master.Product`)).toMatchObject({ routingType: 'Failover' });
    expect(byName.get('org.openbravo.mobile.core.logout')?.routingType).toBe('Broadcast');
  });

  it('is extended by the modules of a server', () => {
    const own = service('com.example', 'Transaction');
    const { services, findings } = serviceList([own], standardServices());
    expect(services[0]).toEqual(own);
    expect(services).toHaveLength(standardServices().length + 1);
    expect(findings).toEqual([]);
  });

  it('tells of a name that two modules define: an error where the routing types differ', () => {
    const same = serviceList([service('a', 'Failover'), service('b', 'Failover')], []);
    expect(same.findings).toMatchObject([{ code: 'serviceTwice', severity: 'warning' }]);
    const other = serviceList([service('a', 'Failover'), service('b', 'Broadcast')], []);
    expect(other.findings).toMatchObject([{ code: 'serviceTwice', severity: 'error' }]);
    expect(other.services).toEqual([service('a', 'Failover')]);
  });
});
