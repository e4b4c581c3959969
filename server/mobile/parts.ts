import type { DefinitionsSource } from '../contract/definitions.ts';
import type { ServerState } from '../contract/heartbeat.ts';
import type { JoinAnswer, JoinRequest } from '../contract/join.ts';
import type { JsonObject } from '../contract/json.ts';
import type { PeerReport } from '../core/peers.ts';
import type { Passwords, Tokens } from '../security/ports.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';
import type { BootstrapRoute } from './bootstrap-route.ts';
import type { ServerModule } from './module.ts';

/** What the mobile services stand on; the start hands it in. */
export interface MobileParts {
  system: System;
  storage: Storage;
  definitions: DefinitionsSource;
  tokens: Tokens;
  passwords: Passwords;
  modules: readonly ServerModule[];
  bootstrapRoutes: readonly BootstrapRoute[];
  self: { key: string; role: 'store' | 'main'; version: string };
  /** This server's own state in full: since when (epoch ms) and why. */
  own(): { state: ServerState; sinceMs: number; reason: string };
  /** What the other servers say of themselves. */
  peers: {
    saw(report: Omit<PeerReport, 'atMs'>): void;
    /** Undefined where the server is not defined. */
    stateOf(key: string): ServerState | undefined;
  };
  /** Null at a store server: only a main lets others join. */
  join:
    | ((request: JoinRequest) => Promise<JoinAnswer | { error: { code: string; message: string } }>)
    | null;
  /**
   * Holds the heartbeat of a server until there is news, the time is over, or its next one comes; with
   * 0 ms it only lets its last one go. False where this server stops.
   */
  hold(serverKey: string, holdMs: number): Promise<boolean>;
  /** A till has taken other definitions up: mains are told soon. */
  tookUp(): void;
  /**
   * Asks the next server that offers a service without a handler here; the whole answer, or null
   * where none answers. Null at a main.
   */
  relay: ((service: string, parameters: JsonObject) => Promise<JsonObject | null>) | null;
  /** Tells the forwarder that something was accepted. */
  wake(): void;
}
