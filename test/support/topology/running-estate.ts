import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { freePorts } from '../../../server/cli/demo/free-ports.ts';
import type { Definitions, MobileServer } from '../../../server/contract/definitions.ts';
import type { Estate } from '../../../server/contract/estate.ts';
import { estateSchema } from '../../../server/contract/estate.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { CONTEXT_PATH } from '../../../server/contract/limits.ts';
import { serveSettingsSchema } from '../../../server/contract/settings.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { importEstate, startServer } from '../../../server/start.ts';
import type { RunningServer } from '../../../server/start.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

/** Who may work at the tills of every estate here, and who may change its definitions. */
export const CASHIER = { userName: 'ana', secret: 'a long word for tills' };
export const ADMINISTRATOR = { userName: 'ada', password: 'a long word for the office' };

const WAIT = { timeout: 20_000, interval: 25 };

/** The definitions of an estate as its servers run with them: all on loopback, in this process. */
export interface RunningEstate extends AsyncDisposable {
  definitions: Pick<Definitions, 'organizations' | 'servers' | 'terminals' | 'preferences'>;
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
  /** The address of a server as it is defined, where it is not the one at which it listens. */
  address?: (server: MobileServer, listensAt: string) => string;
  models?: Estate['models'];
}

/**
 * Puts real addresses in place of an estate's and starts every server of it. The main of the highest
 * priority owns the definitions, the others join it; resolves when all of them know all keys and users.
 */
export async function runEstate(
  wanted: RunningEstate['definitions'],
  options: Options = {},
): Promise<RunningEstate> {
  const keys = wanted.servers.map(({ key }) => key);
  const ports = await freePorts(keys.length);
  const folder = temporaryDirectory();
  const running = new Map<string, RunningServer>();
  const base = (key: string): string => `http://127.0.0.1:${ports[keys.indexOf(key)]}`;
  const url = (key: string): string => base(key) + CONTEXT_PATH;
  const address = options.address ?? ((_server, listensAt) => listensAt);
  const servers = wanted.servers.map((row) => ({ ...row, url: address(row, url(row.key)) }));
  const definitions = { ...wanted, servers };
  const owner = servers.filter(({ type }) => type === 'MAIN').toSorted(byPriority)[0]!.key;
  const joinFor = keys.filter((key) => key !== owner);
  const { joinCodes } = await importEstate(
    { dataDirectory: join(folder.path, owner), serverKey: owner, joinFor },
    withPeople(definitions, options.models),
  );

  const start = async (key: string): Promise<void> => {
    const settings = serveSettingsSchema.parse({
      role: servers.find((row) => row.key === key)?.type === 'STORE' ? 'store' : 'main',
      ...{ dataDirectory: join(folder.path, key), serverKey: key },
      port: ports[keys.indexOf(key)],
      ...(key !== owner && { mainUrl: base(owner), joinCode: joinCodes[key] }),
    });
    const { modules } = options;
    const system = realSystem(createLog('silent'));
    running.set(key, await startServer(settings, { system, ...(modules && { modules }) }));
  };
  const stop = async (key: string): Promise<void> => {
    await running.get(key)?.stop();
    running.delete(key);
  };
  const rows = (key: string, sql: string, ...values: string[]): JsonObject[] => {
    const database = new Database(join(folder.path, key, 'backroom.db'), { readonly: true });
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
  await start(owner);
  await Promise.all(joinFor.map(start));
  await Promise.all(joinFor.map((key) => untilKnown(estate, key)));
  return estate;
}

function byPriority(a: MobileServer, b: MobileServer): number {
  return a.priority - b.priority;
}

function withPeople(
  definitions: RunningEstate['definitions'],
  models: Estate['models'] = {},
): Estate {
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

/** A server that has joined knows everybody's key, so it takes tokens that any other issued. */
async function untilKnown(estate: RunningEstate, key: string): Promise<void> {
  const { servers, terminals } = estate.definitions;
  const known = (): number =>
    estate.rows(key, `SELECT id FROM record WHERE model IN ('ServerKey', 'Terminal', 'User')`)
      .length;
  const all = servers.length + terminals.length + 2;
  await expect.poll(known, { ...WAIT, message: `${key} has the estate` }).toBe(all);
}
