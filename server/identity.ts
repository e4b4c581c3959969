import { z } from 'zod';
import type { DefinitionsSource } from './contract/definitions.ts';
import type { JoinAnswer } from './contract/join.ts';
import type { JsonObject } from './contract/json.ts';
import type { ServeSettings } from './contract/settings.ts';
import type { ModelDeclaration } from './core/model.ts';
import { toModelRow } from './core/model.ts';
import { StartError } from './listen.ts';
import { modelNamed } from './modules.ts';
import { putServerKey } from './security/join-codes.ts';
import type { SigningKey } from './security/keys.ts';
import type { Storage } from './storage/port.ts';
import { joinMain } from './upstream/join.ts';

const selfSchema = z.object({ serverKey: z.string(), role: z.enum(['store', 'main']) });
const joinedSchema = z.object({ serverKey: z.string() });

/** Who this server is. A data folder belongs to one server for good. */
export type Self = z.infer<typeof selfSchema>;

/** The identity in the data folder; at the first start the one in the settings, which is kept. */
export async function claimIdentity(
  storage: Storage,
  settings: Pick<ServeSettings, 'role' | 'serverKey' | 'dataDirectory'>,
): Promise<Self> {
  const stored = selfSchema.safeParse(await storage.fact('self')).data;
  if (stored === undefined) {
    const serverKey = settings.serverKey ?? (settings.role === 'main' ? 'Main' : undefined);
    if (serverKey === undefined) {
      throw new StartError(
        'A store server needs its Mobile Server Key at the first start: give --server-key as defined at the main server.',
      );
    }
    const self = { serverKey, role: settings.role };
    await storage.setFact('self', self);
    return self;
  }
  if (stored.role !== settings.role) {
    throw new StartError(
      `${settings.dataDirectory} belongs to the ${stored.role} server "${stored.serverKey}". Start it with --role ${stored.role} or choose another --data folder.`,
    );
  }
  if (settings.serverKey !== undefined && settings.serverKey !== stored.serverKey) {
    throw new StartError(
      `${settings.dataDirectory} belongs to the server "${stored.serverKey}", not to "${settings.serverKey}". Leave --server-key out or choose another --data folder.`,
    );
  }
  return stored;
}

/**
 * A store server joins its main once; later starts find what was stored and need no main within
 * reach. A main may join as well, once and with an address and a code: it then has the definitions and
 * master data of the one that it joined. Returns the key of the main that was joined; null for a main
 * that owns the definitions.
 */
export async function ensureJoined(
  parts: {
    storage: Storage;
    models: readonly ModelDeclaration[];
    self: Self;
    signingKey: SigningKey;
  },
  settings: Pick<ServeSettings, 'mainUrl' | 'joinCode'>,
): Promise<string | null> {
  const { storage, models, self, signingKey } = parts;
  const joined = joinedSchema.safeParse(await storage.fact('joined')).data;
  if (joined !== undefined) return joined.serverKey;
  if (self.role === 'main' && settings.joinCode === undefined) return null;
  if (settings.mainUrl === undefined || settings.joinCode === undefined) {
    throw new StartError(
      'This store server has not joined a main server yet: give --main with its address and --join-code with a code from its screen.',
    );
  }
  const answer = await joinMain(settings.mainUrl, {
    serverKey: self.serverKey,
    code: settings.joinCode,
    key: signingKey.published,
  });
  await keepJoinAnswer(storage, models, answer);
  await storage.setFact('joined', { serverKey: answer.serverKey });
  return answer.serverKey;
}

/** Publishes this server's own key where it is not among the definitions yet. */
export async function publishOwnKey(
  storage: Storage,
  models: readonly ModelDeclaration[],
  definitions: DefinitionsSource,
  signingKey: SigningKey,
): Promise<void> {
  if (definitions.current().serverKeys.some((row) => row.id === signingKey.kid)) return;
  await putServerKey(storage, modelNamed(models, 'ServerKey'), signingKey.published);
}

async function keepJoinAnswer(
  storage: Storage,
  models: readonly ModelDeclaration[],
  answer: JoinAnswer,
): Promise<void> {
  const rowsByModel = { MobileServer: answer.servers, ServerKey: answer.serverKeys };
  for (const [name, values] of Object.entries(rowsByModel)) {
    const rows = values.map((value) => {
      const row = toModelRow(modelNamed(models, name), value as JsonObject);
      if ('reason' in row)
        throw new StartError(`The main server's answer is not understood: ${row.reason}.`);
      return row;
    });
    await storage.putRows({ model: name, rows, keepUnconfirmed: false });
  }
}
