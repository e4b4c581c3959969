import type { User } from './contract/definitions.ts';
import type { Estate } from './contract/estate.ts';
import type { JsonObject } from './contract/json.ts';
import type { ModelDeclaration } from './core/model.ts';
import { toModelRow } from './core/model.ts';
import { claimIdentity } from './identity.ts';
import { StartError } from './listen.ts';
import { modelNamed, modelsOf, standardModules } from './modules.ts';
import { createJoinCodes } from './security/join-codes.ts';
import { createPasswords } from './security/passwords.ts';
import type { Passwords } from './security/ports.ts';
import { openSqliteStorage } from './storage/sqlite/open.ts';
import type { RowsPut, Storage } from './storage/port.ts';
import { followDefinitions } from './sync/live-definitions.ts';
import { createLog } from './system/log.ts';
import { realSystem } from './system/real.ts';

/**
 * Imports an estate into the data folder of a main server that is not running. Rows that are there
 * already are replaced, others stay. `joinFor` names store servers for which a join code is wanted.
 * All rows are put in one transaction, so that a crash leaves none of them. Throws {@link StartError}
 * for a row that is no row of its model; then nothing at all is put.
 */
export async function importEstate(
  target: { dataDirectory: string; serverKey: string; joinFor?: readonly string[] },
  estate: Estate,
): Promise<{ rows: number; joinCodes: Record<string, string> }> {
  const models = modelsOf(standardModules);
  const system = realSystem(createLog('warn'));
  const storage = await openSqliteStorage({
    directory: target.dataDirectory,
    models,
    clock: system.clock,
    log: system.log,
  });
  try {
    const self = await claimIdentity(storage, { role: 'main', ...target });
    const rows = await putEstate(storage, models, estate, createPasswords());
    const joinCodes = await codesFor(target.joinFor ?? [], { storage, models, system, self });
    return { rows, joinCodes };
  } finally {
    await storage.close();
  }
}

async function putEstate(
  storage: Storage,
  models: readonly ModelDeclaration[],
  estate: Estate,
  passwords: Passwords,
): Promise<number> {
  const users = await Promise.all(estate.users.map((user) => withHashes(user, passwords)));
  const definitions: [string, readonly object[]][] = [
    ['Organization', estate.organizations],
    ['Preference', estate.preferences],
    ['MobileServer', estate.servers],
    ['User', users],
    ['Terminal', estate.terminals],
  ];
  const tables = [
    ...definitions.map(([name, values]) =>
      tableOf(modelNamed(models, name), values as JsonObject[], ''),
    ),
    ...Object.entries(estate.models).flatMap(([name, groups]) => {
      const model = models.find((candidate) => candidate.name === name);
      if (model === undefined)
        throw new StartError(`The estate names a model that does not exist: ${name}.`);
      return groups.map((group) => tableOf(model, group.rows, group.priceList ?? ''));
    }),
  ];
  await storage.putTables(tables);
  return tables.reduce((count, { rows }) => count + rows.length, 0);
}

function tableOf(model: ModelDeclaration, values: readonly JsonObject[], scope: string): RowsPut {
  const rows = values.map((value, index) => {
    const row = toModelRow(model, value, scope);
    if (!('reason' in row)) return row;
    throw new StartError(`${model.name}, row ${index + 1} (${row.id ?? 'no id'}): ${row.reason}.`);
  });
  return { model: model.name, rows, keepUnconfirmed: false, actor: 'import' };
}

async function withHashes(user: Estate['users'][number], passwords: Passwords): Promise<User> {
  const { password, pin, ...rest } = user;
  return {
    ...rest,
    passwordHash: password === undefined ? null : await passwords.hash(password),
    pinHash: pin === undefined ? null : await passwords.hash(pin),
  };
}

async function codesFor(
  serverKeys: readonly string[],
  parts: {
    storage: Storage;
    models: readonly ModelDeclaration[];
    system: ReturnType<typeof realSystem>;
    self: { serverKey: string };
  },
): Promise<Record<string, string>> {
  const { storage, models, system, self } = parts;
  const definitions = await followDefinitions(storage, system.log);
  const codes = createJoinCodes({
    storage,
    definitions,
    clock: system.clock,
    serverKey: self.serverKey,
    serverKeyModel: modelNamed(models, 'ServerKey'),
  });
  const made: Record<string, string> = {};
  for (const serverKey of serverKeys) {
    const result = await codes.create(serverKey, 'import');
    if ('error' in result) throw new StartError(result.error.message);
    made[serverKey] = result.code;
  }
  definitions.stop();
  return made;
}
