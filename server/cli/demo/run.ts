import type { Clock, Timers } from '../../../terminal/platform.ts';
import type { Comparison } from '../compare/compare.ts';
import { compareBooks } from '../compare/compare.ts';
import { readJournals } from '../compare/journals.ts';
import { readMainBooks } from '../compare/main-books.ts';
import type { Outage, OutageFigures } from '../compare/outage.ts';
import { measureOutage } from '../compare/outage.ts';
import type { House } from './house.ts';
import { planSelling } from './plan.ts';
import type { Progress } from './progress.ts';
import type { DemoTill } from './tills.ts';

/** What is asked of a demonstration. */
export interface DemoOrder {
  tickets: number;
  outageMs: number;
  /** Kill the store server in the middle of the outage and start it again. */
  crash: boolean;
}

/** What the demonstration found: the books of both sides and the figures of the outage. */
export type DemoResult = Comparison & OutageFigures;

/** The shop in which it plays. */
interface Scene {
  house: House;
  tills: readonly DemoTill[];
  progress: Progress;
  clock: Clock;
  timers: Timers;
}

const LOOK_MS = 100;
/** How long the tills may take to hand over what they have, and the main to confirm it. */
const SETTLE_DEADLINE_MS = 120_000;

/**
 * The demonstration: the tills sell, the line to the main is cut and restored while they go on, each
 * closes its cash-up, and when all is confirmed both sides' books are compared. The tills then have
 * ended.
 */
export async function runDemo(order: DemoOrder, scene: Scene): Promise<DemoResult> {
  const { tills, progress } = scene;
  const outage = await sellThroughOutage(order, scene);
  progress.phase('The tills close their cash-ups and wait until the main has confirmed everything');
  await Promise.all(tills.map((till) => till.finish(SETTLE_DEADLINE_MS)));
  return compareScene(scene, outage);
}

async function sellThroughOutage(order: DemoOrder, scene: Scene): Promise<Outage> {
  const { tills, progress, timers } = scene;
  const plan = planSelling({ ...order, tills: tills.length });
  progress.phase('Selling', order.tickets);
  const selling = Promise.all(
    tills.map((till, index) => till.sell(plan.shares[index] ?? 0, plan.paceMs)),
  );
  const done = new AbortController();
  const shown = showSold(scene, done.signal);
  while (soldBy(tills) < plan.cutAfter) await timers.pause(LOOK_MS);
  const outage = await cutAndRestore(order, scene);
  await selling;
  done.abort();
  await shown;
  return outage;
}

async function cutAndRestore(order: DemoOrder, scene: Scene): Promise<Outage> {
  const { house, progress, clock } = scene;
  await house.cutLine();
  const cutAtMs = clock.nowMs();
  progress.say('The line to the main is cut; the shop goes on selling.');
  if (order.crash) {
    await untilTime(cutAtMs + order.outageMs / 2, scene);
    await house.crashStore();
    progress.say('The store server was killed and runs again.');
  }
  await untilTime(cutAtMs + order.outageMs, scene);
  const restoredAtMs = clock.nowMs();
  await house.restoreLine();
  progress.say('The line is back.');
  return { cutAtMs, restoredAtMs };
}

async function untilTime(atMs: number, { clock, timers }: Scene): Promise<void> {
  // A timer may fire a little early by the wall clock.
  while (clock.nowMs() < atMs) await timers.pause(atMs - clock.nowMs());
}

function soldBy(tills: readonly DemoTill[]): number {
  return tills.reduce((sum, till) => sum + till.sold(), 0);
}

async function showSold({ tills, progress, timers }: Scene, done: AbortSignal): Promise<void> {
  while (!done.aborted) {
    await timers.pause(LOOK_MS, done);
    progress.at(soldBy(tills));
  }
}

function compareScene({ house, tills }: Scene, outage: Outage): DemoResult {
  const made = readJournals(tills.map((till) => till.journalPath));
  const books = readMainBooks(house.mainDatabase, new Set(made.map((record) => record.terminal)));
  return { ...compareBooks(made, books), ...measureOutage(outage, made, books) };
}
