import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildDemoShop } from '../../../server/cli/demo/shop.ts';
import { readMainBooks } from '../../../server/cli/compare/main-books.ts';
import { cashierOf } from '../../../server/cli/demo/tills.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { openTill } from '../../../terminal/node/open-till.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { ENABLEMENT, sellOne, serversOf } from '../../support/topology/page-till.ts';
import { doIt, hasRecord, openTillOf } from '../../support/topology/play.ts';
import { CASHIER, runEstate } from '../../support/topology/running-estate.ts';
import {
  CUSTOMER,
  TICKET,
  allBut,
  only,
  server,
  storeServer,
  till,
  topology,
} from '../../unit/core/topology/estates.ts';

const LIMIT_MS = 60_000;
const WAIT = { timeout: 20_000, interval: 50 };
const URL = 'http://127.0.0.1:1/openbravo';
const shop = buildDemoShop({
  ...{ mainUrl: URL, mainKey: 'Central', storeUrl: URL, storeKey: 'Shop', tills: 1 },
});
const terminalIds = new Set(shop.terminals.map(({ id }) => id));

describe('without the multi-server architecture a till sells through its page’s own server', () => {
  it(
    'where the preference is not set, although servers are defined',
    async () => {
      const preferences = shop.preferences.filter(({ key }) => key !== ENABLEMENT);
      expect(preferences).toHaveLength(shop.preferences.length - 1);
      await using folder = temporaryDirectory();
      await using estate = await runEstate({ ...shop, preferences }, { models: shop.models });
      const terminal = shop.terminals[0]!.searchKey;
      const serverUrl = estate.url('Shop');
      expect(await serversOf(serverUrl, terminal)).toEqual([]);
      const config = { serverUrl, terminal, directory: folder.path, heartbeatMs: 200 };
      const opened = await openTill({
        ...config,
        ...{ userName: CASHIER.userName, pin: CASHIER.secret },
      });
      const ticket = await sellOne(opened.till);
      expect(opened.till.state().answeredBy.tickets).toEqual(['Default']);
      expect(await opened.till.settled(WAIT.timeout)).toBe(true);
      await opened.close();
      const tickets = (key: string) => estate.rows(key, 'SELECT id FROM ticket');
      expect(tickets('Central')).toEqual([{ id: ticket.id }]);
      // It came by the store server, from which the till was opened.
      expect(estate.rows('Shop', 'SELECT message_id FROM entry')).toEqual([
        { message_id: ticket.messageId },
      ]);
    },
    LIMIT_MS,
  );

  it(
    'where it is set and no server is defined',
    async () => {
      await using folder = temporaryDirectory();
      const dataDirectory = join(folder.path, 'main');
      expect(shop.preferences).toContainEqual(
        expect.objectContaining({ key: ENABLEMENT, value: 'Y' }),
      );
      await importEstate({ dataDirectory, serverKey: 'Central' }, { ...shop, servers: [] });
      const system = realSystem(createLog('silent'));
      const settings = serveSettingsSchema.parse({ role: 'main', dataDirectory, port: 0 });
      const main = await startServer(settings, { system });
      await using _running = { [Symbol.asyncDispose]: () => main.stop() };
      const terminal = shop.terminals[0]!.searchKey;
      const serverUrl = `${main.url}/openbravo`;
      expect(await serversOf(serverUrl, terminal)).toEqual([]);
      const config = { serverUrl, terminal, heartbeatMs: 200, ...cashierOf(shop) };
      const opened = await openTill({ ...config, directory: join(folder.path, 'till') });
      const ticket = await sellOne(opened.till);
      expect(opened.till.state().answeredBy.tickets).toEqual(['Default']);
      // The main itself says that the ticket is safe.
      expect(await opened.till.settled(WAIT.timeout)).toBe(true);
      await opened.close();
      const books = readMainBooks(join(dataDirectory, 'backroom.db'), terminalIds);
      expect(books.records.map(({ id }) => id)).toEqual([ticket.id]);
    },
    LIMIT_MS,
  );
});

describe('servers by organization', () => {
  const organizations = [
    { id: '0', name: 'Casa Verde', parent: null },
    { id: 'North', name: 'North', parent: '0' },
    { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
    { id: 'Vigo', name: 'Vigo', parent: 'North' },
    { id: 'Sevilla', name: 'Sevilla', parent: '0' },
  ];
  const terminals = [till('VBS-2', 'Bilbao'), till('VVI-1', 'Vigo'), till('VSE-1', 'Sevilla')];

  it(
    'a server of a parent organization serves its children, and nobody else',
    async () => {
      const servers = [
        storeServer('Shop', 10, { organizations: ['North'] }),
        server('Central', 20),
      ];
      const { definitions } = topology({ organizations, terminals, servers });
      await using estate = await runEstate(definitions);
      for (const searchKey of ['VBS-2', 'VVI-1']) {
        const each = await openTillOf(estate, 'Central', searchKey);
        expect(each.servers).toEqual(['Shop', 'Central']);
        expect(await each.logIn()).toEqual({ ok: true, server: 'Shop' });
      }
      const other = await openTillOf(estate, 'Central', 'VSE-1');
      expect(other.servers).toEqual(['Central']);
      const vigo = await openTillOf(estate, 'Central', 'VVI-1');
      expect((await doIt(vigo, CUSTOMER)).takers).toEqual(['Shop']);
      expect((await doIt(vigo, TICKET)).takers).toEqual(['Shop']);
      await expect.poll(() => hasRecord(estate, 'Central', TICKET), WAIT).toBe(true);
    },
    LIMIT_MS,
  );

  it(
    'servers for one of two stores leave the other as it was',
    async () => {
      const bilbao = { allOrganizations: false, organizations: ['Bilbao'] };
      const servers = [storeServer('Shop', 10), server('Central', 20, bilbao)];
      const { definitions } = topology({ organizations, terminals, servers });
      await using estate = await runEstate(definitions);
      const first = await openTillOf(estate, 'Central', 'VBS-2');
      expect(first.servers).toEqual(['Shop', 'Central']);
      expect(await serversOf(estate.url('Central'), 'VVI-1')).toEqual([]);
      const other = await openTillOf(estate, 'Central', 'VVI-1');
      expect(other.servers).toEqual(['Default']);
      expect((await doIt(other, CUSTOMER)).takers).toEqual(['Default']);
      expect((await doIt(other, TICKET)).takers).toEqual(['Default']);
      await expect.poll(() => hasRecord(estate, 'Central', TICKET), WAIT).toBe(true);
      expect(estate.rows('Shop', 'SELECT entry_no FROM entry')).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'products come from one server and customers from another',
    async () => {
      const model = (name: string): string => `org.openbravo.retail.posterminal.master.${name}`;
      const servers = [
        storeServer('Shop', 10, only(model('Product'))),
        server('Central', 20, allBut(model('Product'))),
      ];
      const { definitions } = topology({ organizations, terminals, servers });
      await using estate = await runEstate(definitions);
      const first = await openTillOf(estate, 'Central', 'VBS-2');
      const askedAt = async (name: string): Promise<unknown> => {
        const { server: answered, reply } = await first.router.query(model(name), {
          pos: 'T-VBS-2',
        });
        expect(reply.kind, name).toBe('answer');
        return answered?.name;
      };
      expect(await askedAt('BusinessPartner')).toBe('Central');
      await expect.poll(() => askedAt('Product'), WAIT).toBe('Shop');
    },
    LIMIT_MS,
  );
});
