import type { DefinitionsSource } from '../contract/definitions.ts';
import type { ServerState } from '../contract/heartbeat.ts';
import type { MainStatus, Overview, PeerStatus } from '../contract/manage.ts';
import type { Passwords, Tokens } from '../security/ports.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { DeskParts } from './definitions/parts.ts';

/** What these screens read and do; all else of the storage is none of their business. */
export type ManageStorage = Pick<
  Storage,
  | 'overview'
  | 'lanes'
  | 'entries'
  | 'entry'
  | 'retryEntry'
  | 'retryLane'
  | 'eventsAfter'
  | 'onEvents'
  | 'audit'
>;

/** What the managers' API stands on; the start hands it in. */
export interface ManageParts {
  system: System;
  storage: ManageStorage;
  definitions: DefinitionsSource;
  tokens: Tokens;
  passwords: Passwords;
  self: { key: string; role: 'store' | 'main'; version: string; startedAt: string };
  serverState(): ServerState;
  /** This server's own state, those of the others, and a manager's wish. */
  states: {
    own(): { state: ServerState; sinceMs: number; reason: string; forced: boolean };
    peers(): PeerStatus[];
    /** Resolves when the wish is kept and in the audit. */
    force(wish: { to: 'online' | 'offline'; reason: string }, actor: string): Promise<void>;
  };
  sync: {
    mains(): Omit<MainStatus, 'waiting'>[];
    replication(): Overview['replication'];
  };
  setup: {
    needed(): boolean;
    createAdministrator(request: {
      code: string;
      userName: string;
      name: string;
      password: string;
    }): Promise<{ ok: true } | { ok: false; code: string; message: string }>;
  };
  /** Null at a store server: only a main lets others join. */
  joinCodes: {
    create(
      serverKey: string,
      actor: string,
    ): Promise<{ code: string; expiresAt: string } | { error: { code: string; message: string } }>;
  } | null;
  /** Null where the definitions windows are not served. */
  desk: DeskParts | null;
  /** Folder of the built screens: index.html and assets/. */
  rendererDirectory: string;
}
