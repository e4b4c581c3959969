import { openDesk } from '../../server/desk.ts';
import type { DefinitionChange } from '../../server/contract/definitions-api.ts';
import { estateSchema } from '../../server/contract/estate.ts';
import type { Estate } from '../../server/contract/estate.ts';
import type { PeerStatus } from '../../server/contract/manage.ts';
import { makeChanges } from '../../server/core/definitions/change.ts';
import { editionOf } from '../../server/core/definitions/edition.ts';
import { undoChange } from '../../server/core/definitions/undo.ts';
import { importEstate } from '../../server/import-estate.ts';
import { carryOut } from '../../server/manage/definitions/carry-out.ts';
import type { Desk } from '../../server/manage/definitions/parts.ts';
import type { ManageParts } from '../../server/manage/parts.ts';
import { modelsOf, standardModules } from '../../server/modules.ts';
import { loadSigningKey } from '../../server/security/keys.ts';
import type { UserCaller } from '../../server/security/ports.ts';
import { createTokens } from '../../server/security/tokens.ts';
import { openSqliteStorage } from '../../server/storage/sqlite/open.ts';
import type { Storage } from '../../server/storage/port.ts';
import { followDefinitions } from '../../server/sync/live-definitions.ts';
import { createLog } from '../../server/system/log.ts';
import type { Fixture } from './manage-fixture.ts';
import { MANAGER, startManageFixture } from './manage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SELF = 'Central';

/**
 * The main server of a small chain, over a database of its own whose clock stands still, with a
 * history and with servers and tills that have taken the definitions up, or not yet.
 */
export async function startEstateFixture(nowMs: number): Promise<Fixture> {
  const folder = temporaryDirectory();
  let clockMs = nowMs - 26 * HOUR_MS;
  await importEstate({ dataDirectory: folder.path, serverKey: SELF }, chain());
  const models = modelsOf(standardModules);
  const log = createLog('silent');
  const clock = { nowMs: () => clockMs, monotonicMs: () => clockMs };
  const storage = await openSqliteStorage({ directory: folder.path, models, clock, log });
  const definitions = await followDefinitions(storage, log);
  const signingKey = await loadSigningKey(storage, SELF);
  const known = {
    current: () => ({ ...definitions.current(), serverKeys: [signingKey.published] }),
  };
  const desk = await openDesk({ storage, definitions, modules: standardModules, joined: null });
  let whole: Desk | undefined;
  const fixture = await startManageFixture({
    nowMs: () => clockMs,
    change: (parts) => {
      whole = { ...become(parts, storage, nowMs), definitions, ...desk };
      const tokenParts = { signingKey, serverKey: SELF, definitions: known, clock };
      Object.assign(parts, { definitions, desk, tokens: createTokens(tokenParts) });
    },
  });
  if (whole === undefined) throw new Error('the fixture did not ask how it is to be changed');
  await makeHistory(whole, storage, (agoMs) => {
    clockMs = nowMs - agoMs;
  });
  return {
    ...fixture,
    async stop() {
      await fixture.stop();
      definitions.stop();
      await storage.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Makes the fixture's parts those of the chain's main server. */
function become(parts: ManageParts, storage: Storage, nowMs: number): ManageParts {
  return Object.assign(parts, {
    storage,
    self: { ...parts.self, key: SELF, role: 'main' as const },
    states: {
      ...parts.states,
      own: () => ({
        state: 'online' as const,
        sinceMs: nowMs - 9 * 24 * HOUR_MS,
        reason: 'Runs and reports to nobody',
        forced: false,
      }),
      peers: () => peers(nowMs),
    },
    sync: { mains: () => [], replication: () => null },
  });
}

function peers(nowMs: number): PeerStatus[] {
  const at = (agoMs: number): string => new Date(nowMs - agoMs).toISOString();
  const peer = { type: 'STORE' as const, state: 'online' as const, definitionsVersion: null };
  const heard = { reason: 'Central answers', lastContactAt: at(12_000) };
  return [
    { ...peer, ...heard, key: 'Bilbao', name: 'Bilbao back room', since: at(31 * HOUR_MS) },
    { ...peer, ...heard, key: 'Cloud', name: 'Cloud for small shops', since: at(80 * HOUR_MS) },
    {
      ...{ ...peer, key: 'Reserve', name: 'Reserve', state: 'offline' as const },
      ...{ since: at(41 * MINUTE_MS), reason: 'No answer from Central for five minutes' },
      lastContactAt: at(41 * MINUTE_MS),
    },
  ];
}

/** Makes changes one after the other, and lets most of the chain take them up. Ends at the present. */
async function makeHistory(
  desk: Desk,
  storage: Storage,
  setClock: (agoMs: number) => void,
): Promise<void> {
  const change = async (
    agoMs: number,
    reason: string,
    changes: DefinitionChange[],
  ): Promise<void> => {
    setClock(agoMs);
    const make: Parameters<typeof carryOut>[1]['make'] = (before) =>
      makeChanges(before, changes, () => desk.system.ids.next());
    await carryOut(desk, { ...manner(reason), make });
  };
  const server = (id: string, fields: object): DefinitionChange => ({
    ...{ action: 'update', model: 'MobileServer', id },
    fields: { ...fields },
  });
  await change(22 * HOUR_MS, 'Two shops share the cloud server from today on', [
    server('Cloud', { organizations: ['Burgos', 'Vitoria'] }),
  ]);
  const old = editionOf(desk.definitions.current());
  await change(3 * HOUR_MS, '', [
    {
      action: 'create',
      model: 'Preference',
      row: { key: 'OBMOBC_AuthenticationTokenMaxAge', value: '28800000', organization: 'North' },
    },
  ]);
  await change(2 * HOUR_MS, 'Try Reserve earlier', [server('Reserve', { priority: 15 })]);
  const [newest] = await storage.definitionHistory({ limit: 1 });
  if (newest === undefined) throw new Error('no change was made');
  setClock(25 * MINUTE_MS);
  await carryOut(desk, {
    ...{ ...manner('It was slower than expected'), undoes: newest.changeNo },
    make: (before) => undoChange(before, newest.rows),
  });
  setClock(0);
  const seenMs = desk.system.clock.nowMs();
  const edition = editionOf(await storage.definitions());
  const seen = (terminal: string, said: string) => ({ terminal, edition: said, seenMs });
  await storage.seeServer({
    ...{ serverKey: 'Bilbao', edition },
    tills: [seen('T1', edition), seen('T2', edition)],
  });
  await storage.seeServer({ serverKey: 'Cloud', edition, tills: [seen('T3', old)] });
}

function manner(reason: string) {
  const caller: UserCaller = {
    ...{ kind: 'user', userId: 'Ada', role: 'administrator', organization: 'Chain' },
    ...{ terminal: null, issuer: SELF, expiresAtMs: Number.MAX_SAFE_INTEGER },
  };
  return { caller, reason, force: false, dryRun: false };
}

function chain(): Estate {
  const till = (id: string, name: string, organization: string) => ({
    ...{ id, name, organization, searchKey: `${organization}-${id}`, client: 'Casa Verde' },
    ...{ priceList: 'P', docNoPrefix: id, currency: { id: '102', isoCode: 'EUR', precision: 2 } },
  });
  const store = { type: 'STORE', allOrganizations: false };
  return estateSchema.parse({
    organizations: [
      { id: 'Chain', name: 'Casa Verde', parent: null },
      { id: 'North', name: 'North', parent: 'Chain' },
      { id: 'Bilbao', name: 'Bilbao', parent: 'North' },
      { id: 'Burgos', name: 'Burgos', parent: 'North' },
      { id: 'Vitoria', name: 'Vitoria', parent: 'North' },
      { id: 'Web', name: 'Web shop', parent: 'Chain' },
    ],
    servers: [
      {
        ...{ ...store, id: 'Bilbao', key: 'Bilbao', name: 'Bilbao back room', priority: 1 },
        ...{ url: 'http://192.168.10.10:8427/openbravo', organizations: ['Bilbao'] },
      },
      {
        ...{ ...store, id: 'Cloud', key: 'Cloud', name: 'Cloud for small shops', priority: 2 },
        ...{ url: 'https://shops.casaverde.example/openbravo', organizations: ['Burgos'] },
      },
      {
        ...{ id: 'Central', key: SELF, name: 'Central', type: 'MAIN', priority: 10 },
        url: 'https://central.casaverde.example/openbravo',
      },
      {
        ...{ id: 'Reserve', key: 'Reserve', name: 'Reserve', type: 'STORE', priority: 20 },
        description: 'Takes over while Central is away, and passes on what it took',
        url: 'https://reserve.casaverde.example/openbravo',
        ...{ allServices: false, definedServices: 'excluding' },
        services: ['org.openbravo.retail.posterminal.master.Product'],
      },
    ],
    users: [
      {
        ...{ id: 'Ada', userName: MANAGER.userName, password: MANAGER.password },
        ...{ name: 'Ada Ferrer', role: 'administrator', organization: 'Chain' },
      },
    ],
    terminals: [
      till('T1', 'Checkout 1', 'Bilbao'),
      till('T2', 'Checkout 2', 'Bilbao'),
      till('T3', 'Checkout', 'Burgos'),
      till('T4', 'Checkout', 'Vitoria'),
    ],
    preferences: [{ id: 'On', key: 'OBMOBC_MultiServerArchitecture', value: 'Y' }],
    models: {},
  });
}
