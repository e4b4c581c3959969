import { openProgress } from '../demo/progress.ts';
import type { Progress } from '../demo/progress.ts';
import { endsInterrupted, onStage } from '../demo/stage.ts';
import type { Stage } from '../demo/stage.ts';
import { UsageFault } from '../fault.ts';
import type { ReplayOptions } from './options.ts';
import { describeReplay, replayAgrees, resultOf } from './result.ts';
import { scheduleOf } from './schedule.ts';
import { sellTickets, unsoldNames } from './sell.ts';
import { givenShop, ownShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { itemNames } from './stock.ts';
import { readTickets } from './tickets.ts';
import type { ReplayTicket } from './tickets.ts';
import { openTills } from './tills.ts';
import { printResult } from '../demo/report.ts';

const SETTLE_DEADLINE_MS = 120_000;
const NAMES_SHOWN = 5;

/** `backroom replay`: sells a file's tickets, prints the figures and sets the exit code of the process. */
export async function runReplayCommand(file: string, options: ReplayOptions): Promise<void> {
  const reading = await readTickets(file, {
    ...options,
    ticket: options.ticketColumn,
    item: options.itemColumn,
    date: options.dateColumn,
    time: options.timeColumn,
  });
  if (!reading.ok) throw new UsageFault(reading.message);
  const given = givenShop(options);
  await endsInterrupted(() =>
    onStage({ name: 'replay', keep: options.keep === true }, async (stage) => {
      const progress = openProgress(process.stderr);
      try {
        const shop = given ?? (await ownShop(reading.tickets, options, { stage, progress }));
        await replay(reading.tickets, shop, { options, stage, progress });
      } finally {
        progress.stop();
      }
    }),
  );
}

async function replay(
  tickets: readonly ReplayTicket[],
  shop: Shop,
  { options, stage, progress }: { options: ReplayOptions; stage: Stage; progress: Progress },
): Promise<void> {
  const { clock, timers } = stage;
  progress.phase(`Starting ${shop.terminals.length} till(s)`);
  const tills = await openTills(shop, stage.folder);
  const [first] = tills.opened;
  refuseUnsold(first === undefined ? [] : unsoldNames(first, itemNames(tickets)));

  // What was sold at somebody's server is not thrown away with the tills before it is safe there.
  stage.keep ||= options.server !== undefined;
  progress.phase('Selling', tickets.length);
  await sellTickets(tills.opened, {
    tickets,
    schedule: scheduleOf(tickets, options.speed),
    ...{ clock, timers },
    onSold: (sold) => progress.at(sold),
  });
  progress.phase('Waiting until the main has confirmed everything');
  await Promise.all(tills.opened.map((till) => till.settled(SETTLE_DEADLINE_MS)));
  await tills.close();
  progress.stop();
  const result = resultOf(tickets.length, tills.journals, shop.mainDatabase);
  printResult(result, describeReplay(result), options.json === true);
  const agrees = replayAgrees(result);
  stage.keep = options.keep === true || !agrees;
  process.exitCode = agrees ? 0 : 1;
}

function refuseUnsold(names: readonly string[]): void {
  if (names.length === 0) return;
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `"${name}"`);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  throw new UsageFault(
    `The server sells no product of the name ${shown.join(', ')}${more}. Nothing was sold. ` +
      'Add the products at the main server, or replay without --server.',
  );
}
