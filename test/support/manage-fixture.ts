import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { Definitions, User } from '../../server/contract/definitions.ts';
import type { ManageParts } from '../../server/manage/parts.ts';
import { createManageRouter } from '../../server/manage/router.ts';
import { loadSigningKey } from '../../server/security/keys.ts';
import { createPasswords } from '../../server/security/passwords.ts';
import { createTokens } from '../../server/security/tokens.ts';
import type { Storage } from '../../server/storage/port.ts';
import { createLog } from '../../server/system/log.ts';
import type { System } from '../../server/system/ports.ts';
import { realSystem } from '../../server/system/real.ts';
import { Scene, TILLS } from './manage-scene.ts';

/** Who may log in to a fixture. */
export const MANAGER = { userName: 'elena', password: 'a good long password' };
export const CASHIER = { userName: 'carlos', password: 'another long password' };
const RENDERER_DIRECTORY = join(import.meta.dirname, '../../dist/renderer');

export interface Fixture {
  url: string;
  scene: Scene;
  definitions: Definitions;
  stop(): Promise<void>;
}

/** The managers' router on a real HTTP server with real tokens and passwords, over a shop in memory. */
export async function startManageFixture(
  options: {
    port?: number;
    nowMs?: () => number;
    rendererDirectory?: string;
    change?: (parts: ManageParts) => void;
  } = {},
): Promise<Fixture> {
  const real = realSystem(createLog('silent'));
  const nowMs = options.nowMs ?? (() => real.clock.nowMs());
  const system: System = { ...real, clock: { ...real.clock, nowMs } };
  const scene = new Scene(nowMs);
  scene.open();
  const passwords = createPasswords();
  const signingKey = await loadSigningKey(factsInMemory(), 'Store-Corner');
  const definitions: Definitions = {
    version: 1,
    organizations: [],
    servers: [],
    serverKeys: [signingKey.published],
    users: [
      await user('U1', MANAGER, 'Elena Ruiz', 'manager', passwords),
      await user('U2', CASHIER, 'Carlos Gil', 'cashier', passwords),
    ],
    terminals: TILLS.map((till) => terminal(till)),
    preferences: [],
  };
  const source = { current: () => definitions };
  const parts: ManageParts = {
    system,
    storage: scene.storage(),
    definitions: source,
    tokens: createTokens({
      signingKey,
      serverKey: 'Store-Corner',
      definitions: source,
      clock: system.clock,
    }),
    passwords,
    self: {
      key: 'Store-Corner',
      role: 'store',
      version: '0.1.0',
      startedAt: new Date(nowMs() - 26 * 60 * 60_000).toISOString(),
    },
    serverState: () => 'online',
    states: {
      own: () => ({ state: 'online', sinceMs: nowMs(), reason: 'Main answers', forced: false }),
      peers: () => [],
      force: () => Promise.resolve(),
    },
    sync: { mains: () => scene.mains, replication: () => scene.replication() },
    setup: {
      needed: () => false,
      createAdministrator: () => Promise.resolve({ ok: true }),
    },
    joinCodes: null,
    desk: null,
    rendererDirectory: options.rendererDirectory ?? RENDERER_DIRECTORY,
  };
  options.change?.(parts);
  const app = express();
  app.use('/manage', createManageRouter(parts));
  const server = createServer(app);
  const port = await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, scene, definitions, stop: () => close(server) };
}

async function user(
  id: string,
  login: { userName: string; password: string },
  name: string,
  role: User['role'],
  passwords: ManageParts['passwords'],
): Promise<User> {
  return {
    id,
    userName: login.userName,
    name,
    role,
    organization: '0',
    passwordHash: await passwords.hash(login.password),
    pinHash: null,
    epoch: 0,
    active: true,
  };
}

function terminal(till: (typeof TILLS)[number]): Definitions['terminals'][number] {
  return {
    ...till,
    client: 'C',
    organization: '0',
    priceList: 'P',
    docNoPrefix: till.searchKey,
    returnDocNoPrefix: null,
    quotationDocNoPrefix: null,
    currency: { id: '102', isoCode: 'EUR', precision: 2 },
    config: {},
    active: true,
  };
}

/** Enough of a storage to keep a key in. */
function factsInMemory(): Storage {
  const facts = new Map<string, unknown>();
  return {
    fact: (name: string) => Promise.resolve(facts.get(name)),
    setFact: (name: string, value: unknown) => Promise.resolve(void facts.set(name, value)),
  } as unknown as Storage;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
