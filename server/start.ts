import type { Router } from 'express';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import type { MobileServer } from './contract/definitions.ts';
import type { ServeSettings } from './contract/settings.ts';
import { openDesk } from './desk.ts';
import type { Tls } from './front.ts';
import { openFront, readTls } from './front.ts';
import { claimIdentity, ensureJoined, publishOwnKey } from './identity.ts';
import type { ManageParts } from './manage/parts.ts';
import { createManageRouter } from './manage/router.ts';
import { bootstrapRoutes } from './mobile/bootstrap.ts';
import type { ServerModule } from './mobile/module.ts';
import { createMobileRouter } from './mobile/router.ts';
import { createServiceTable } from './mobile/services-table.ts';
import { modelNamed, modelsOf, standardModules } from './modules.ts';
import { foreignOriginWarning } from './pos/foreign-origin.ts';
import { createPosRouter } from './pos/router.ts';
import { createJoinCodes } from './security/join-codes.ts';
import { loadSigningKey } from './security/keys.ts';
import { createPasswords } from './security/passwords.ts';
import { createSetup } from './security/setup.ts';
import type { Tokens } from './security/ports.ts';
import { createTokens } from './security/tokens.ts';
import { openSqliteStorage } from './storage/sqlite/open.ts';
import type { Storage } from './storage/port.ts';
import type { LiveDefinitions } from './sync/live-definitions.ts';
import { followDefinitions } from './sync/live-definitions.ts';
import type { Sync } from './sync/start.ts';
import { startSync } from './sync/start.ts';
import { createLog } from './system/log.ts';
import { packagePath, version } from './system/paths.ts';
import type { System } from './system/ports.ts';
import { realSystem } from './system/real.ts';
import { connectUpstream } from './upstream/connect.ts';
import { mobileBase } from './upstream/join.ts';

export { importEstate } from './import-estate.ts';
export { standardServices } from './modules.ts';
export { packagePath, version } from './system/paths.ts';

/** A server that answers. */
export interface RunningServer {
  role: 'store' | 'main';
  serverKey: string;
  /** Without the context path, e.g. `http://127.0.0.1:8427`. */
  url: string;
  /** The same over https; null where it has no certificate. */
  httpsUrl: string | null;
  /** Single-use code for the first administrator; null where one exists or where the main owns the users. */
  setupCode: string | null;
  /** Refuses new work with 503, finishes what is in flight, closes. */
  stop(): Promise<void>;
}

/**
 * Joins everything and starts a server. Throws StartError, StorageOpenError or JoinError with a
 * sentence for the person who starts it; then nothing stays open.
 */
export async function startServer(
  settings: ServeSettings,
  overrides: { system?: System; modules?: readonly ServerModule[] } = {},
): Promise<RunningServer> {
  const system = overrides.system ?? realSystem(createLog(settings.logLevel));
  const modules = overrides.modules ?? standardModules;
  const tls = await readTls(settings, system);
  const storage = await openSqliteStorage({
    directory: settings.dataDirectory,
    models: modelsOf(modules),
    clock: system.clock,
    log: system.log,
  });
  try {
    return await startOn(storage, { settings, system, modules, tls });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function startOn(
  storage: Storage,
  parts: {
    settings: ServeSettings;
    system: System;
    modules: readonly ServerModule[];
    tls: Tls | null;
  },
): Promise<RunningServer> {
  const { settings, system, modules, tls } = parts;
  const models = modelsOf(modules);
  const startedAt = new Date(system.clock.nowMs()).toISOString();
  const { serverKey, role } = await claimIdentity(storage, settings);
  const signingKey = await loadSigningKey(storage, serverKey);
  const mainKey = await ensureJoined(
    { storage, models, self: { serverKey, role }, signingKey },
    settings,
  );
  const definitions = await followDefinitions(storage, system.log);
  await publishOwnKey(storage, models, definitions, signingKey);
  await definitions.refresh();

  const self = { key: serverKey, role, version, startedAt };
  const tokens = createTokens({ signingKey, serverKey, definitions, clock: system.clock });
  const passwords = createPasswords();
  const serverKeyModel = modelNamed(models, 'ServerKey');
  const joinCodes =
    role === 'main' && mainKey === null
      ? createJoinCodes({ storage, definitions, clock: system.clock, serverKey, serverKeyModel })
      : null;
  const setup = createSetup({
    storage,
    definitions,
    passwords,
    system,
    userModel: modelNamed(models, 'User'),
  });
  const common = { system, storage, definitions, tokens, passwords, self };
  const sync = await startLoops({ ...common, settings, modules, mainKey });
  const app = createApp({
    health: { role, serverKey, version },
    mobile: createMobileRouter({
      ...common,
      modules,
      bootstrapRoutes,
      join: joinCodes === null ? null : (request) => joinCodes.join(request),
      relay: role === 'store' ? (service, query) => sync.relay(service, query) : null,
      wake: () => sync.wake(),
      own: () => sync.own(),
      peers: sync.peers,
      hold: (key, holdMs) => sync.hold(key, holdMs),
      tookUp: () => sync.tookUp(),
    }),
    pos: posOf(settings, serverKey, definitions, system),
    manage: createManageRouter({
      ...common,
      sync,
      serverState: () => sync.own().state,
      states: statesOf(sync),
      setup,
      joinCodes,
      desk: await openDesk({ storage, definitions, modules, joined: mainKey }),
      rendererDirectory: packagePath('dist', 'renderer'),
    }),
  });
  return serve(
    { app, storage, sync, definitions, system, settings, tls, role, serverKey },
    async () => (role === 'main' && mainKey === null && setup.needed() ? setup.createCode() : null),
  );
}

/** The Web POS of this server. */
function posOf(
  { publicUrl }: ServeSettings,
  serverKey: string,
  definitions: LiveDefinitions,
  { log }: System,
): Router {
  const publicOrigin = publicUrl === undefined ? null : new URL(publicUrl).origin;
  const own = definitions.current().servers.find((server) => server.key === serverKey);
  const warning = foreignOriginWarning(publicOrigin, own);
  if (warning !== undefined) log.warn({ serverKey }, warning);
  return createPosRouter({ directory: packagePath('dist', 'pos'), publicOrigin });
}

/** Starts what this server does on its own account. */
async function startLoops(parts: {
  system: System;
  storage: Storage;
  definitions: LiveDefinitions;
  tokens: Tokens;
  self: { key: string; role: 'store' | 'main'; version: string };
  settings: ServeSettings;
  modules: readonly ServerModule[];
  mainKey: string | null;
}): Promise<Sync> {
  const { system, storage, definitions, tokens, self, settings, modules, mainKey } = parts;
  // The address given at the start wins over the defined one for the main that was joined.
  const addressOf = (server: MobileServer): MobileServer =>
    server.key === mainKey && settings.mainUrl !== undefined
      ? { ...server, url: mobileBase(settings.mainUrl) }
      : server;
  await storage.releaseClaims();
  const table = createServiceTable(modules);
  return startSync({
    system,
    storage,
    definitions,
    self,
    models: modelsOf(modules),
    services: table.services,
    isTransaction: (service) => table.declaration(service)?.kind === 'transaction',
    replicates: mainKey !== null,
    connect: (server) => connectUpstream({ server: addressOf(server), tokens, self, system }),
  });
}

/** The states of servers as the managers' screens use them. */
function statesOf(sync: Sync): ManageParts['states'] {
  return {
    own: () => sync.own(),
    peers: () => sync.peers.list(),
    force: (wish, actor) => sync.force(wish, actor),
  };
}

async function serve(
  parts: {
    app: App;
    storage: Storage;
    sync: Sync;
    definitions: LiveDefinitions;
    system: System;
    settings: ServeSettings;
    tls: Tls | null;
    role: 'store' | 'main';
    serverKey: string;
  },
  makeSetupCode: () => Promise<string | null>,
): Promise<RunningServer> {
  const { app, storage, sync, definitions, system, settings, tls, role, serverKey } = parts;
  const front = await openFront({ app, settings, tls, system }).catch(async (error: unknown) => {
    await sync.stop();
    throw error;
  });
  const { url, httpsUrl } = front;
  system.log.info({ role, serverKey, url, httpsUrl, facts: storage.facts() }, 'server started');
  return {
    role,
    serverKey,
    url,
    httpsUrl,
    setupCode: await makeSetupCode(),
    async stop() {
      system.log.info({ serverKey }, 'server stops');
      const closed = front.close();
      await sync.stop();
      await closed;
      definitions.stop();
      await storage.close();
    },
  };
}
