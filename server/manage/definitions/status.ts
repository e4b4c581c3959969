import type { ServerRow, UptakeState } from '../../contract/definitions-api.ts';
import type { MobileServer } from '../../contract/definitions.ts';
import type { Taker } from '../../storage/port.ts';
import type { Desk } from './parts.ts';

/** A server's state as this one knows it: its own, one that it watches, or one that calls here. */
export function statusOf(desk: Desk, { key }: MobileServer): ServerRow['status'] {
  if (key === desk.self.key) {
    const { state, sinceMs, reason } = desk.states.own();
    const since = new Date(sinceMs).toISOString();
    return { state, since, reason, lastContactAt: null, knownBy: 'self' };
  }
  const peer = desk.states.peers().find((one) => one.key === key);
  const isWatched = desk.sync.mains().some((main) => main.key === key);
  if (peer === undefined || (!isWatched && peer.lastContactAt === null)) {
    return { state: null, since: null, reason: null, lastContactAt: null, knownBy: 'nobody' };
  }
  const { state, since, reason, lastContactAt } = peer;
  return { state, since, reason, lastContactAt, knownBy: isWatched ? 'watched' : 'reported' };
}

/** Whether somebody has the edition that there is now. */
export function uptakeOf(taker: Pick<Taker, 'edition'> | undefined, edition: string): UptakeState {
  if (taker?.edition == null) return 'unknown';
  return taker.edition === edition ? 'current' : 'behind';
}
