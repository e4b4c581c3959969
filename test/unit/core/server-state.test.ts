import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MainState, Observation } from '../../../server/core/server-state.ts';
import { FAILURES_TO_OFFLINE, observe, unseen } from '../../../server/core/server-state.ts';

const contact: Observation = { kind: 'contact' };
const probed: Observation = { kind: 'answered', backroom: true };
const foreign: Observation = { kind: 'answered', backroom: false };
const slow: Observation = { kind: 'failed', reached: true, error: 'no answer in time' };
const gone: Observation = { kind: 'failed', reached: false, error: 'no connection' };

function after(...seen: Observation[]): MainState {
  return seen.reduce((state, one, at) => observe(state, one, (at + 1) * 1000), unseen(0));
}

describe("a main's state", () => {
  it.each<[string, Observation[], MainState['state']]>([
    ['nothing seen', [], 'offline'],
    ['a probe', [probed], 'transitioning to online'],
    ['a probe and a heartbeat', [probed, contact], 'online'],
    ['a heartbeat alone', [contact], 'online'],
    ['a probe of a main without heartbeats', [foreign], 'online'],
    ['a probe, then a failing heartbeat', [probed, slow], 'offline'],
    ['one failed call', [contact, slow], 'transitioning to offline'],
    ['two failed calls', [contact, slow, slow], 'transitioning to offline'],
    ['three failed calls', [contact, slow, slow, slow], 'offline'],
    [
      'failures with contact between',
      [contact, slow, slow, contact, slow, slow],
      'transitioning to offline',
    ],
    ['no connection', [contact, gone], 'offline'],
    ['no connection after a slow call', [contact, slow, gone], 'offline'],
    ['a late answer while offline', [contact, gone, contact], 'online'],
    ['a probe while online', [contact, probed], 'online'],
    ['a probe that fails while offline', [contact, gone, slow], 'offline'],
  ])('after %s', (_name, seen, state) => {
    expect(after(...seen).state).toBe(state);
  });

  it('keeps since when it is in its state', () => {
    expect(after(contact, contact, contact).sinceMs).toBe(1000);
    expect(after(contact, slow, slow, contact).sinceMs).toBe(4000);
  });

  it('keeps the last error until the main is well', () => {
    expect(after(contact, gone).lastError).toBe('no connection');
    expect(after(contact, gone, probed).lastError).toBe('no connection');
    expect(after(contact, gone, probed, contact).lastError).toBeNull();
  });

  it('counts probes on, also where a main answers probes and no heartbeat', () => {
    expect(after(probed, slow, probed, slow)).toMatchObject({ state: 'offline', probes: 2 });
  });

  it('holds to its laws over any history', () => {
    const anySeen = fc.array(fc.constantFrom(contact, probed, foreign, slow, gone), {
      minLength: 1,
    });
    fc.assert(
      fc.property(anySeen, (seen) => {
        const state = after(...seen);
        const last = seen.at(-1);
        if (last === contact) expect(state).toMatchObject({ state: 'online', lastError: null });
        if (last === gone) expect(state.state).toBe('offline');
        if (last === slow) expect(state.state).not.toBe('online');
        const tail = seen.slice(-FAILURES_TO_OFFLINE);
        if (tail.length === FAILURES_TO_OFFLINE && tail.every((one) => one === slow)) {
          expect(state.state).toBe('offline');
        }
        expect(state.sinceMs).toBeLessThanOrEqual(seen.length * 1000);
      }),
    );
  });
});
