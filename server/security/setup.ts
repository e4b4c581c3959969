import { z } from 'zod';
import type { DefinitionsSource, User } from '../contract/definitions.ts';
import type { ModelDeclaration } from '../core/model.ts';
import { toModelRow } from '../core/model.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import { codeFits, newCode, storeCode } from './one-time-code.ts';
import type { Passwords } from './ports.ts';

const FACT = 'setupCode';
/** The code is printed in the server's own room; it stays good until it is used. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;
const SHORTEST_PASSWORD = 10;

const storedSchema = z.object({ hash: z.string(), expiresAtMs: z.number(), triesLeft: z.number() });

/** The first administrator of a main server, since there is no default account. */
export interface Setup {
  /** True while no user exists. */
  needed(): boolean;
  /** A new single-use code, which replaces the one before; call it only when `needed`. */
  createCode(): Promise<string>;
  createAdministrator(request: {
    code: string;
    userName: string;
    name: string;
    password: string;
  }): Promise<{ ok: true } | { ok: false; code: string; message: string }>;
}

export function createSetup(parts: {
  storage: Storage;
  definitions: DefinitionsSource;
  passwords: Passwords;
  system: System;
  userModel: ModelDeclaration;
}): Setup {
  const { storage, definitions, passwords, system, userModel } = parts;
  const needed = (): boolean => definitions.current().users.length === 0;
  return {
    needed,
    async createCode() {
      const code = newCode();
      await storage.setFact(FACT, storeCode(code, NEVER_MS));
      return code;
    },
    async createAdministrator({ code, userName, name, password }) {
      const stored = storedSchema.safeParse(await storage.fact(FACT)).data;
      if (!needed() || stored === undefined || !codeFits(stored, code, system.clock.nowMs())) {
        if (stored) await storage.setFact(FACT, { ...stored, triesLeft: stored.triesLeft - 1 });
        return {
          ok: false,
          code: 'badCode',
          message: 'The set-up code is wrong or used. Start the server again to get a new one.',
        };
      }
      if (password.length < SHORTEST_PASSWORD) {
        return {
          ok: false,
          code: 'shortPassword',
          message: `The password needs at least ${SHORTEST_PASSWORD} characters.`,
        };
      }
      await storage.setFact(FACT, { ...stored, triesLeft: 0 });
      const user: User = {
        id: system.ids.next(),
        userName,
        name,
        role: 'administrator',
        organization: '0',
        passwordHash: await passwords.hash(password),
        pinHash: null,
        epoch: 0,
        active: true,
      };
      const row = toModelRow(userModel, user);
      if ('reason' in row) throw new Error(row.reason);
      await storage.putRows({
        model: userModel.name,
        rows: [row],
        keepUnconfirmed: false,
        actor: `user:${user.id}`,
      });
      return { ok: true };
    },
  };
}
