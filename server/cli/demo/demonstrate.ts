import open from 'open';
import type { Estate } from '../../contract/estate.ts';
import { booksAgree } from '../compare/compare.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';
import { keepOpen } from './keep-open.ts';
import { openProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { describeBooks, describeOutage, moneyOf, printResult } from './report.ts';
import { managerOf } from './replicated.ts';
import { runDemo } from './run.ts';
import type { DemoResult } from './run.ts';
import { buildDemoShop } from './shop.ts';
import { endsInterrupted, Interrupted, onStage } from './stage.ts';
import { openTills } from './tills.ts';

/** The options of `backroom demo`. */
export interface DemoOptions {
  headless?: true;
  tickets: number;
  /** ms. */
  outage: number;
  tills: number;
  crash?: true;
  json?: true;
  keep?: true;
}

/** `backroom demo`: plays the demonstration and sets the exit code of the process. */
export async function runDemoCommand(options: DemoOptions): Promise<void> {
  await endsInterrupted(async () => {
    const result = await demonstrate(options);
    process.exitCode = booksAgree(result) ? 0 : 1;
    // The shop that stayed open still waits for its next sale and for keys.
    if (options.headless !== true) process.exit();
  });
}

/**
 * Plays the demonstration, prints what it found and resolves with it. Without `headless` the shop
 * then stays open until a signal ends it. Throws {@link Interrupted} where a signal came first.
 */
async function demonstrate(options: DemoOptions): Promise<DemoResult> {
  const progress = openProgress(process.stderr);
  let result: DemoResult | undefined;
  try {
    return await onStage({ name: 'demo', keep: options.keep === true }, async (stage) => {
      progress.phase('Starting a main server, a store server and the line between them');
      const house = await openHouse({
        ...stage,
        estateOf: (addresses) => buildDemoShop({ ...addresses, tills: options.tills }),
      });
      progress.phase(`Starting ${options.tills} tills`);
      const shop = { ...stage, ...house };
      const tills = await openTills(shop);
      if (options.headless !== true) await showScreens(house, progress);

      const { tickets, outage: outageMs, crash = false } = options;
      const order = { tickets, outageMs, crash };
      result = await runDemo(order, { ...stage, house, tills, progress });
      progress.stop();
      print(result, house.estate, options.json === true);
      if (options.headless !== true) {
        // The tills have ended with their cash-ups: the next day begins.
        await keepOpen({ house, tills: await openTills(shop), progress, keyboard: process.stdin });
      }
      return result;
    });
  } catch (error) {
    progress.stop();
    // A signal is how the shop that stays open is closed.
    if (error instanceof Interrupted && result !== undefined) return result;
    throw error;
  }
}

function print(result: DemoResult, estate: Estate, asJson: boolean): void {
  printResult(result, [...describeBooks(result, moneyOf(estate)), describeOutage(result)], asJson);
}

/** Says where the managers' screens are and how to log in, and opens them where there is a display. */
async function showScreens(house: House, progress: Progress): Promise<void> {
  const { userName, password } = managerOf(house.estate);
  const url = `${house.storeUrl}/manage/`;
  progress.say(`The managers' screens: ${url}\nLog in as ${userName} with ${password}`);
  const hasDisplay =
    process.platform !== 'linux' ||
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (hasDisplay) await open(url);
}
