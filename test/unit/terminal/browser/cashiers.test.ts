import { describe, expect, it } from 'vitest';
import { IndexedDbCashiers } from '../../../../terminal/browser/cashiers.ts';
import { FREE_TRIES } from '../../../../terminal/browser/tries.ts';
import { openTest, useFakeIndexedDb } from './support/stores.ts';

useFakeIndexedDb();

const ANN = { userId: 'U1', userName: 'ann', name: 'Ann' };
const HOUR_MS = 3_600_000;
/** The laws are the same at any cost. */
const FEW = 10;

async function known(name = 'till') {
  const clock = { at: 1_000_000, nowMs: () => clock.at };
  const database = await openTest(name);
  const cashiers = new IndexedDbCashiers(database, clock, FEW);
  await cashiers.learn(ANN, '1234');
  return { clock, database, cashiers };
}

async function failUntilLocked({ cashiers }: Awaited<ReturnType<typeof known>>): Promise<number> {
  for (let wrong = 1; wrong < FREE_TRIES; wrong += 1) {
    expect(await cashiers.check('ann', '0000')).toEqual({ ok: false, why: 'wrong' });
  }
  const last = await cashiers.check('ann', '0000');
  if (last.ok || last.why !== 'locked') throw new Error('it is not locked');
  return last.untilMs;
}

describe('known cashiers', () => {
  it('come in by their secret, however it was typed, and nobody else does', async () => {
    const { cashiers } = await known();
    await cashiers.learn({ ...ANN, userName: 'zoë', name: 'Zoë' }, 'caf\u00e9');
    expect(await cashiers.list()).toHaveLength(2);
    expect(await cashiers.check('ann', '1234')).toEqual({ ok: true, cashier: ANN });
    expect(await cashiers.check('ann', '1235')).toEqual({ ok: false, why: 'wrong' });
    expect(await cashiers.check('bob', '1234')).toEqual({ ok: false, why: 'unknown' });
    expect(await cashiers.check('zoë', 'cafe\u0301')).toMatchObject({ ok: true });
  });

  it('are unknown when a server refused them', async () => {
    const { cashiers } = await known();
    await cashiers.forget('ann');
    expect(await cashiers.list()).toEqual([]);
    expect(await cashiers.check('ann', '1234')).toEqual({ ok: false, why: 'unknown' });
  });

  it('have verifiers that differ for the same secret, and none that holds it', async () => {
    const { cashiers, database } = await known();
    await cashiers.learn({ ...ANN, userName: 'bob' }, '1234');
    const [ann, bob] = await database.getAll('cashiers');
    expect(Buffer.from(ann!.verifier).equals(Buffer.from(bob!.verifier))).toBe(false);
  });

  it('are not known to another browser that has their rows alone', async () => {
    const { database } = await known();
    const other = await known('other');
    await other.database.put('cashiers', (await database.get('cashiers', 'ann'))!);
    expect(await other.cashiers.check('ann', '1234')).toEqual({ ok: false, why: 'wrong' });
  });
});

describe('wrong tries', () => {
  it('lock from the fifth on, each for twice as long, at most for an hour', async () => {
    const till = await known();
    let untilMs = await failUntilLocked(till);
    const waits = [untilMs - till.clock.at];
    for (let more = 0; more < 9; more += 1) {
      expect(await till.cashiers.check('ann', '1234')).toEqual({
        ok: false,
        why: 'locked',
        untilMs,
      });
      till.clock.at = untilMs;
      const next = await till.cashiers.check('ann', '0000');
      untilMs = !next.ok && next.why === 'locked' ? next.untilMs : 0;
      waits.push(untilMs - till.clock.at);
    }
    expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(waits.at(-1)).toBe(HOUR_MS);
    till.clock.at = untilMs;
    expect(await till.cashiers.check('ann', '1234')).toMatchObject({ ok: true });
    expect(await till.cashiers.check('ann', '0000')).toEqual({ ok: false, why: 'wrong' });
  });

  it('are remembered by the store, not by the page', async () => {
    const till = await known();
    await failUntilLocked(till);
    till.database.close();
    const again = new IndexedDbCashiers(await openTest(), till.clock, FEW);
    expect(await again.check('ann', '1234')).toMatchObject({ why: 'locked' });
  });

  it('win nothing by a clock that is set back, and lock no longer when it is set right', async () => {
    const till = await known();
    const untilMs = await failUntilLocked(till);
    till.clock.at -= HOUR_MS;
    const back = await till.cashiers.check('ann', '1234');
    expect(back).toEqual({ ok: false, why: 'locked', untilMs: till.clock.at + 30_000 });
    till.clock.at = untilMs;
    expect(await till.cashiers.check('ann', '1234')).toMatchObject({ ok: true });
  });

  it('count when they are made at once', async () => {
    const { cashiers } = await known();
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, number) => cashiers.check('ann', String(1_000 + number))),
    );
    const looked = tries.filter((each) => !each.ok && each.why === 'wrong').length;
    expect(looked).toBeLessThan(FREE_TRIES + 1);
    expect(await cashiers.check('ann', '1234')).toMatchObject({ why: 'locked' });
  });
});
