import type { DefinitionsSource } from '../contract/definitions.ts';
import type { ServerState } from '../contract/heartbeat.ts';
import type { MainStatus, PeerStatus } from '../contract/manage.ts';
import type { PeerReport } from '../core/peers.ts';
import { peersOf } from '../core/peers.ts';
import type { Storage } from '../storage/port.ts';
import type { System } from '../system/ports.ts';

export interface PeersOptions {
  system: System;
  storage: Pick<Storage, 'announce'>;
  definitions: DefinitionsSource;
  self: { key: string };
  mains: () => readonly Omit<MainStatus, 'waiting'>[];
}

/**
 * This server's copy of what the others say of themselves. It is in memory: after a restart a peer is
 * unknown until its next heartbeat, which is at most half a minute away.
 */
export class Peers {
  readonly #options: PeersOptions;
  readonly #reports = new Map<string, PeerReport>();

  constructor(options: PeersOptions) {
    this.#options = options;
  }

  /** A server told of itself. One that is not defined is not remembered. */
  saw(report: Omit<PeerReport, 'atMs'>): void {
    const { system, storage, definitions } = this.#options;
    if (!definitions.current().servers.some(({ key }) => key === report.key)) return;
    const before = this.#reports.get(report.key);
    this.#reports.set(report.key, { ...report, atMs: system.clock.nowMs() });
    const isNews =
      before?.state !== report.state || before.definitionsVersion !== report.definitionsVersion;
    if (!isNews) return;
    const { key: serverKey, state, reason } = report;
    storage
      .announce({ kind: 'serverState', data: { serverKey, state, reason } })
      .catch((error: unknown) => system.log.warn({ err: error }, 'a state was not announced'));
  }

  /** The other servers of the estate. */
  list(): PeerStatus[] {
    const { system, definitions, self, mains } = this.#options;
    const known = { mains: mains(), reports: this.#reports };
    return peersOf(definitions.current().servers, self.key, known, system.clock.nowMs());
  }

  /** What is known of one; undefined where it is not defined. */
  stateOf(key: string): ServerState | undefined {
    return this.list().find((peer) => peer.key === key)?.state;
  }
}
