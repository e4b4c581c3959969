import { z } from 'zod';
import type { JoinAnswer, JoinRequest } from '../contract/join.ts';
import type { DefinitionsSource, ServerKey } from '../contract/definitions.ts';
import type { ModelDeclaration } from '../core/model.ts';
import { toModelRow } from '../core/model.ts';
import type { Storage } from '../storage/port.ts';
import type { Clock } from '../system/ports.ts';
import { codeFits, newCode, storeCode } from './one-time-code.ts';

const CODE_AGE_MS = 24 * 60 * 60_000;

const storedSchema = z.object({ hash: z.string(), expiresAtMs: z.number(), triesLeft: z.number() });

/** An expected refusal. */
export interface JoinFault {
  error: { code: string; message: string };
}

/** A main's side of joining: gives out one-time codes and takes each once. */
export interface JoinCodes {
  create(
    serverKey: string,
    actor: string,
  ): Promise<{ code: string; expiresAt: string } | JoinFault>;
  join(request: JoinRequest): Promise<JoinAnswer | JoinFault>;
}

export function createJoinCodes(parts: {
  storage: Storage;
  definitions: DefinitionsSource;
  clock: Clock;
  serverKey: string;
  serverKeyModel: ModelDeclaration;
}): JoinCodes {
  const { storage, definitions, clock, serverKey, serverKeyModel } = parts;
  // One request after the other: a code must not be taken twice by two that race.
  let turn: Promise<unknown> = Promise.resolve();

  const redeem = async (request: JoinRequest): Promise<JoinAnswer | JoinFault> => {
    const fact = factOf(request.serverKey);
    const stored = storedSchema.safeParse(await storage.fact(fact)).data;
    if (stored === undefined || !codeFits(stored, request.code, clock.nowMs())) {
      if (stored) await storage.setFact(fact, { ...stored, triesLeft: stored.triesLeft - 1 });
      await audit('join refused', request.serverKey);
      return refusal(
        'badCode',
        'The join code is wrong, used or expired. Ask for a new one at the main server.',
      );
    }
    await storage.setFact(fact, { ...stored, triesLeft: 0 });
    await putServerKey(storage, serverKeyModel, { ...request.key, serverKey: request.serverKey });
    await audit('joined', request.serverKey);
    const { servers, serverKeys } = definitions.current();
    return { serverKey, servers: [...servers], serverKeys: [...serverKeys] };
  };
  const audit = (action: string, subject: string): Promise<void> =>
    storage.audit({ actor: `server:${subject}`, action, subject, detail: {} });

  return {
    async create(forServer, actor) {
      if (!definitions.current().servers.some((row) => row.key === forServer && row.active)) {
        return refusal(
          'unknownServer',
          `No server with the key "${forServer}" is defined. Define it first.`,
        );
      }
      const code = newCode();
      const expiresAtMs = clock.nowMs() + CODE_AGE_MS;
      await storage.setFact(factOf(forServer), storeCode(code, expiresAtMs));
      await storage.audit({ actor, action: 'join code given out', subject: forServer, detail: {} });
      return { code, expiresAt: new Date(expiresAtMs).toISOString() };
    },
    join(request) {
      const result = turn.then(() => redeem(request));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

/** Publishes a server's public key in the definitions. */
export async function putServerKey(
  storage: Storage,
  model: ModelDeclaration,
  key: ServerKey,
): Promise<void> {
  const row = toModelRow(model, key as unknown as Parameters<typeof toModelRow>[1]);
  if ('reason' in row) throw new Error(row.reason);
  await storage.putRows({ model: model.name, rows: [row], keepUnconfirmed: false });
}

function factOf(serverKey: string): string {
  return `joinCode:${serverKey}`;
}

function refusal(code: string, message: string): JoinFault {
  return { error: { code, message } };
}
