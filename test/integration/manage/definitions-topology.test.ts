import { afterAll, beforeAll, expect, it } from 'vitest';
import { topologySchema } from '../../../server/contract/topology-api.ts';
import type { Office } from './definitions-house.ts';
import { openMain } from './definitions-house.ts';

const TICKETS = 'org.openbravo.retail.posterminal.OrderLoader';

let main: Office;
beforeAll(async () => {
  main = await openMain();
});
afterAll(() => main[Symbol.asyncDispose]());

it('proves a sound estate, and says for what', async () => {
  const proof = await main.get(topologySchema, '/topology');
  expect(proof).toMatchObject({ errors: 0, down: [], whatIf: [] });
  expect(proof.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  // Bilbao and Vigo have a till each.
  expect(proof.looked.stores).toBe(2);
  expect(proof.looked.services).toBeGreaterThan(10);
  expect(proof.looked.rules).toBeGreaterThan(20);
  expect((await main.call('/topology', { as: 'cashier' })).status).toBe(401);
});

it('tells what each store can do while servers are down, for how long and why', async () => {
  const { down, whatIf } = await main.get(topologySchema, '/topology?down=Main');
  expect(down).toEqual(['Main']);
  expect(whatIf.map(({ store }) => store.name)).toEqual(['Bilbao', 'Vigo']);
  const [bilbao, vigo] = whatIf;
  expect(bilbao).toMatchObject({
    logIn: { works: 'yes', reason: 'Bilbao back room logs in.', forMs: null },
    sell: { works: 'yes' },
    confirm: { works: 'no', reason: 'Waits at Bilbao back room for Central: everything.' },
  });
  const TOKEN_AGE_MS = 12 * 60 * 60_000;
  expect(vigo).toMatchObject({
    logIn: { works: 'no', forMs: TOKEN_AGE_MS },
    query: { works: 'no' },
    sell: { works: 'partly', forMs: TOKEN_AGE_MS },
    confirm: { works: 'no' },
  });
  const both = await main.get(topologySchema, '/topology?down=Main,Store-Bilbao');
  expect(both.whatIf[0]?.logIn.works).toBe('no');
});

it('refuses a server that is not defined, and names those that are', async () => {
  const response = await main.call('/topology?down=Main,Nowhere');
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: {
      code: 'unknownServer',
      message: 'There is no server with the key Nowhere. There are Main, Store-Bilbao.',
    },
  });
});

it('tells the story of a change that breaks it, and no longer once it is taken back', async () => {
  // Saved all the same, by somebody who says why.
  const broken = await main.change({
    changes: [
      {
        ...{ action: 'update', model: 'MobileServer', id: 'M' },
        fields: { allServices: false, definedServices: 'only', services: [TICKETS] },
      },
    ],
    ...{ force: true, reason: 'a test of the check' },
  });
  const proof = await main.get(topologySchema, '/topology');
  expect(proof.errors).toBeGreaterThan(0);
  expect(proof.edition).toBe(broken.edition);
  const lost = proof.findings.find(({ rule }) => rule === 'main-reachable');
  expect(lost).toMatchObject({ severity: 'error' });
  expect(lost?.story).toMatch(/Till VBS-\d in (Bilbao|Vigo)/);
  expect(lost?.mend).not.toBe('');
  await main.call(`/history/${broken.changeNo ?? 0}/undo`, { body: {} });
  expect((await main.get(topologySchema, '/topology')).errors).toBe(0);
});
