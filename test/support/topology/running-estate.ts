import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { freePorts } from '../../../server/cli/demo/free-ports.ts';
import type { Definitions, MobileServer, ServerKey } from '../../../server/contract/definitions.ts';
import type { Estate } from '../../../server/contract/estate.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { CONTEXT_PATH } from '../../../server/contract/limits.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { modelsOf, standardModules } from '../../../server/modules.ts';
import { loadSigningKey } from '../../../server/security/keys.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import type { RunningServer } from '../../../server/start.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import { createLog } from '../../../server/system/log.ts';
import type { System } from '../../../server/system/ports.ts';
import { realSystem } from '../../../server/system/real.ts';
import { editionAt } from './page-till.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

/** Who may work at the tills of every estate here. */
export const CASHIER = { userName: 'ana', secret: 'a long word for tills' };
/** Who may change the definitions of every estate here. */
export const ADMINISTRATOR = { userName: 'ada', password: 'a long word for the office' };

const DEFINITIONS = `SELECT model, id FROM record WHERE model IN ('Organization', 'MobileServer',
  'ServerKey', 'User', 'Terminal', 'Preference') AND active = 1 ORDER BY model, id`;
const WAIT = { timeout: 20_000, interval: 25 };

/** What an estate file says of its servers and whom they serve. */
export type EstateDefinitions = Pick<
  Definitions,
  'organizations' | 'servers' | 'terminals' | 'preferences'
>;

/** The definitions of an estate as its servers run with them: all on loopback, in this process. */
export interface RunningEstate extends AsyncDisposable {
  definitions: EstateDefinitions;
  /** Address of a server, with the context path. */
  url(key: string): string;
  start(key: string): Promise<void>;
  stop(key: string): Promise<void>;
  /** Rows of a server's database. */
  rows(key: string, sql: string, ...values: string[]): JsonObject[];
}

interface Options {
  /** What the servers are made of; the standard modules where it is absent. */
  modules?: readonly ServerModule[];
  /** The same where servers differ. */
  modulesOf?: (key: string) => readonly ServerModule[];
  /** The world of a server, where it is not the real one. */
  systemOf?: (key: string, real: System) => System;
  /** The address at which store servers join and call the first main, where it is not its own. */
  mainUrl?: (base: string) => Promise<string>;
  /** The address of a server as it is defined, where it is not the one at which it listens. */
  address?: (server: MobileServer, listensAt: string) => string;
  models?: Estate['models'];
}

/**
 * Puts real addresses in place of an estate's and starts every server of it. Store servers join the
 * main that is tried first. Each main has its own database, as the checker takes it: what mains have
 * in common is what was imported into all of them. Resolves when everybody knows the estate.
 */
export async function runEstate(
  wanted: EstateDefinitions,
  options: Options = {},
): Promise<RunningEstate> {
  const keys = wanted.servers.map(({ key }) => key);
  const ports = await freePorts(keys.length);
  const folder = temporaryDirectory();
  const running = new Map<string, RunningServer>();
  const base = (key: string): string => `http://127.0.0.1:${ports[keys.indexOf(key)]}`;
  const directory = (key: string): string => join(folder.path, key);
  const url = (key: string): string => base(key) + CONTEXT_PATH;
  const address = options.address ?? ((_server, listensAt) => listensAt);
  const servers = wanted.servers.map((row) => ({ ...row, url: address(row, url(row.key)) }));
  const definitions = { ...wanted, servers };
  const { mains, stores } = byType(servers);
  const owner = mains[0]!;
  const joinCodes = await putEstate(definitions, options, directory);
  const mainUrl = (await options.mainUrl?.(base(owner))) ?? base(owner);

  const start = async (key: string): Promise<void> => {
    const settings = serveSettingsSchema.parse({
      role: stores.includes(key) ? 'store' : 'main',
      ...{ dataDirectory: directory(key), serverKey: key, port: ports[keys.indexOf(key)] },
      ...(stores.includes(key) && { mainUrl, joinCode: joinCodes[key] }),
    });
    const modules = options.modulesOf?.(key) ?? options.modules;
    const real = realSystem(createLog('silent'));
    const system = options.systemOf?.(key, real) ?? real;
    running.set(key, await startServer(settings, { system, ...(modules && { modules }) }));
  };
  const stop = async (key: string): Promise<void> => {
    await running.get(key)?.stop();
    running.delete(key);
  };
  const rows = (key: string, sql: string, ...values: string[]): JsonObject[] => {
    const database = new Database(join(directory(key), 'backroom.db'), { readonly: true });
    try {
      return database.prepare<string[], JsonObject>(sql).all(...values);
    } finally {
      database.close();
    }
  };
  const estate: RunningEstate = {
    ...{ definitions, url, start, stop, rows },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.keys()].map(stop));
      await folder[Symbol.asyncDispose]();
    },
  };
  await Promise.all(mains.map(start));
  await Promise.all(stores.map(start));
  await Promise.all(stores.map((key) => untilKnown(estate, { key, owner })));
  return estate;
}

/** Keys of mains and of store servers, each in the order in which they are tried. */
function byType(servers: readonly MobileServer[]): { mains: string[]; stores: string[] } {
  const inOrder = servers.toSorted((a, b) => a.priority - b.priority);
  const keysOf = (type: MobileServer['type']): string[] =>
    inOrder.filter((row) => row.type === type).map(({ key }) => key);
  return { mains: keysOf('MAIN'), stores: keysOf('STORE') };
}

/** Imports the estate into every main; the codes with which the store servers join the first of them. */
async function putEstate(
  definitions: EstateDefinitions,
  { models = {} }: Options,
  directory: (key: string) => string,
): Promise<Record<string, string>> {
  const { mains, stores } = byType(definitions.servers);
  const keyRows = await Promise.all(
    [...mains, ...stores].map((key) => publishedKey(key, directory(key))),
  );
  const estate = withPeople(definitions, { ...models, ServerKey: [{ rows: keyRows }] });
  const imported = await Promise.all(
    mains.map((serverKey, index) => {
      const joinFor = index === 0 ? stores : [];
      return importEstate({ dataDirectory: directory(serverKey), serverKey, joinFor }, estate);
    }),
  );
  return imported[0]?.joinCodes ?? {};
}

/** Makes the key pair of a server that has not started yet, so that all can know its public part. */
async function publishedKey(serverKey: string, directory: string): Promise<ServerKey> {
  const { clock, log } = realSystem(createLog('silent'));
  const models = modelsOf(standardModules);
  const storage = await openSqliteStorage({ directory, models, clock, log });
  try {
    const { published } = await loadSigningKey(storage, serverKey);
    return published;
  } finally {
    await storage.close();
  }
}

function withPeople(definitions: EstateDefinitions, models: object): Estate {
  const organization = definitions.organizations[0]?.id ?? '';
  const person = (role: string, { userName, password }: typeof ADMINISTRATOR) => ({
    ...{ id: userName, userName, name: userName, role, organization, password },
  });
  const cashier = { userName: CASHIER.userName, password: CASHIER.secret };
  return estateSchema.parse({
    ...{ organizations: definitions.organizations, servers: definitions.servers, models },
    ...{ terminals: definitions.terminals, preferences: definitions.preferences },
    users: [person('cashier', cashier), person('administrator', ADMINISTRATOR)],
  });
}

/** A store server that has joined has all definitions that its main has, and answers tills with them. */
async function untilKnown(
  estate: RunningEstate,
  { key, owner }: { key: string; owner: string },
): Promise<void> {
  const known = (at: string): JsonObject[] => estate.rows(at, DEFINITIONS);
  await expect
    .poll(() => known(key), { ...WAIT, message: `${key} has the estate` })
    .toEqual(known(owner));
  const [till] = estate.definitions.terminals;
  if (till === undefined) return;
  const edition = await editionAt(estate.url(owner), till.searchKey);
  await expect
    .poll(() => editionAt(estate.url(key), till.searchKey), { ...WAIT, message: `${key} uses it` })
    .toBe(edition);
}
