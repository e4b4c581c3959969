import type { MobileServer } from '../contract/definitions.ts';
import type { ServerState } from '../contract/heartbeat.ts';
import type { MainStatus, PeerStatus } from '../contract/manage.ts';

/** What another server said of itself, and when (epoch ms). */
export interface PeerReport {
  key: string;
  state: ServerState;
  /** Since when it is in its state, by its own clock; null where it did not say. */
  sinceMs: number | null;
  reason: string | null;
  /** The version of this server's definitions that it has taken up; null where it did not say. */
  definitionsVersion: number | null;
  atMs: number;
}

/** A peer that was silent for this long counts as offline: three heartbeats. */
export const SILENCE_MS = 90_000;

/**
 * The other active servers of the estate as this one knows them: mains by what it sees of them, the
 * others by what they last said of themselves.
 */
export function peersOf(
  servers: readonly MobileServer[],
  selfKey: string,
  known: {
    mains: readonly Omit<MainStatus, 'waiting'>[];
    reports: ReadonlyMap<string, PeerReport>;
  },
  nowMs: number,
): PeerStatus[] {
  return servers
    .filter((server) => server.active && server.key !== selfKey)
    .map(({ key, name, type }) => {
      const main = known.mains.find((one) => one.key === key);
      const report = known.reports.get(key);
      const definitionsVersion = report?.definitionsVersion ?? null;
      if (main !== undefined) {
        const { state, since, lastContactAt, lastError } = main;
        return {
          key,
          name,
          type,
          state,
          since,
          lastContactAt,
          reason: lastError ?? report?.reason ?? null,
          definitionsVersion,
        };
      }
      return { key, name, type, ...reported(report, nowMs), definitionsVersion };
    });
}

function reported(
  report: PeerReport | undefined,
  nowMs: number,
): Pick<PeerStatus, 'state' | 'since' | 'lastContactAt' | 'reason'> {
  if (report === undefined) {
    const reason = 'it has not been heard of since this server started';
    return { state: 'offline', since: null, lastContactAt: null, reason };
  }
  const lastContactAt = iso(report.atMs);
  if (nowMs - report.atMs > SILENCE_MS) {
    const reason = 'its heartbeat is missing';
    return { state: 'offline', since: lastContactAt, lastContactAt, reason };
  }
  const since = report.sinceMs === null ? null : iso(report.sinceMs);
  return { state: report.state, since, lastContactAt, reason: report.reason };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
