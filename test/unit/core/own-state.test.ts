import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COOL_DOWN_MS,
  forceState,
  lookAround,
  restBeforeLook,
  startedState,
  stateOfSignal,
  STEADY_MS,
  TO_ONLINE_LIMIT_MS,
} from '../../../server/core/own-state.ts';
import type { Contact, OwnState } from '../../../server/core/own-state.ts';

const MINUTE = 60_000;
const timings = { toOfflineWaitMs: 5 * MINUTE, failedWaitMs: 60 * MINUTE };
const there: Contact = { there: true, word: true, reason: 'Main answers' };
const probed: Contact = { ...there, word: false };
const gone: Contact = { there: false, word: false, reason: 'no connection' };

/** Looks twice a second at the same thing for a while. */
function through(before: OwnState, seen: Contact, fromMs: number, forMs: number): OwnState {
  let state = before;
  for (let atMs = fromMs; atMs <= fromMs + forMs; atMs += 500) {
    state = lookAround(state, seen, atMs, timings);
  }
  return state;
}

const online = through(startedState(0), there, 0, STEADY_MS);

describe("a server's own state", () => {
  it('starts offline and is online once contact has held', () => {
    expect(startedState(0)).toMatchObject({ state: 'offline', reason: 'it has just started' });
    expect(lookAround(startedState(0), there, 0, timings).state).toBe('transitioning to online');
    expect(online).toMatchObject({ state: 'online', sinceMs: STEADY_MS, reason: 'Main answers' });
  });

  it('waits five minutes for contact before it is offline', () => {
    const lost = through(online, gone, 2 * MINUTE, STEADY_MS);
    expect(lost).toMatchObject({ state: 'transitioning to offline', reason: 'no connection' });
    const waited = through(lost, gone, 2 * MINUTE + 2_000, 5 * MINUTE - 1_000);
    expect(waited.state).toBe('transitioning to offline');
    expect(through(waited, gone, 7 * MINUTE + 1_500, 1_000).state).toBe('offline');
    const back = through(lost, there, 3 * MINUTE, STEADY_MS);
    expect(back.state).toBe('online');
  });

  it('takes no notice of contact that comes and goes in less than a second and a half', () => {
    let state = online;
    for (let atMs = 2 * MINUTE; atMs < 10 * MINUTE; atMs += 1_000) {
      state = lookAround(state, atMs % 2_000 === 0 ? gone : there, atMs, timings);
    }
    expect(state).toEqual({ ...online, contact: state.contact });
  });

  it('gives up a transition to online without contact, then pauses for an hour', () => {
    const begun = lookAround(startedState(0), probed, 0, timings);
    const failed = through(begun, gone, 500, TO_ONLINE_LIMIT_MS);
    expect(failed).toMatchObject({
      state: 'offline',
      reason: 'contact did not hold: no connection',
    });
    const paused = through(failed, probed, 2 * MINUTE, 30 * MINUTE);
    expect(paused.state).toBe('offline');
    expect(through(paused, probed, 61.7 * MINUTE, STEADY_MS).state).toBe('online');
    // The word of a main ends the pause.
    expect(through(failed, there, 2 * MINUTE, 2 * STEADY_MS).state).toBe('online');
  });

  it('stays offline by the wish of a manager until it is wished online', () => {
    const wish = { to: 'offline', reason: 'new cabling' } as const;
    const forced = through(forceState(online, wish, MINUTE), there, MINUTE, 20 * MINUTE);
    expect(forced).toMatchObject({ state: 'offline', reason: 'new cabling', sinceMs: MINUTE });
    const freed = forceState(forced, { to: 'online', reason: 'done' }, 21 * MINUTE);
    expect(freed).toMatchObject({ state: 'transitioning to online', reason: 'done' });
    expect(lookAround(freed, there, 21 * MINUTE, timings).state).toBe('online');
    expect(forceState(online, { to: 'online', reason: 'sure?' }, MINUTE).state).toBe('online');
  });

  it('looks twice a second while something changes', () => {
    expect(restBeforeLook(online)).toBe(5_000);
    expect(restBeforeLook(lookAround(online, gone, 9_000, timings))).toBe(500);
    expect(restBeforeLook(startedState(0))).toBe(5_000);
  });

  it("reads the field's abbreviations", () => {
    expect([undefined, 'ON', 'TOFF', 'nonsense'].map(stateOfSignal)).toEqual([
      'online',
      'online',
      'transitioning to offline',
      undefined,
    ]);
  });
});

const anySteps = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 400_000 })),
    seen: fc.constantFrom(there, probed, gone),
  }),
  { maxLength: 300 },
);

describe('the laws of a state, over any history of contact', () => {
  it('no two transitions begin within the cool-down, and nothing flaps faster than contact holds', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let state = startedState(0);
        let nowMs = 0;
        let begunMs: number | null = null;
        const changes: { state: string; atMs: number }[] = [];
        for (const { waitMs, seen } of steps) {
          nowMs += waitMs;
          const before = state;
          state = lookAround(state, seen, nowMs, timings);
          if (state.state === before.state) continue;
          changes.push({ state: state.state, atMs: nowMs });
          if (before.state === 'online' || before.state === 'offline') {
            if (begunMs !== null) expect(nowMs - begunMs).toBeGreaterThanOrEqual(COOL_DOWN_MS);
            begunMs = nowMs;
            // A settled state is never left for the other one at once.
            expect(state.state).toMatch(/^transitioning/);
          }
          if (state.state === 'online')
            expect(nowMs - state.contact.sinceMs).toBeGreaterThanOrEqual(STEADY_MS);
          if (before.state === 'transitioning to offline' && state.state === 'offline') {
            expect(nowMs - before.sinceMs).toBeGreaterThanOrEqual(timings.toOfflineWaitMs);
          }
        }
        const settled = changes.filter(
          ({ state: name }) => name === 'online' || name === 'offline',
        );
        for (const [at, { atMs }] of settled.entries()) {
          const twoBefore = settled[at - 2];
          if (twoBefore) expect(atMs - twoBefore.atMs).toBeGreaterThanOrEqual(STEADY_MS);
        }
      }),
    );
  });
});
