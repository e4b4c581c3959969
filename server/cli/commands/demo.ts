import { Command, Option } from 'commander';
import { parseDurationMs, parseWhole } from '../demo/duration.ts';
import type { DemoOptions } from '../demo/demonstrate.ts';

/** `backroom demo`: a shop of real processes that sells through an outage, and the proof that nothing was lost. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Sell through an outage with a main, a store server and tills of their own.')
    .option('--headless', 'no browser, and end when the demonstration is over')
    .addOption(
      new Option('--tickets <number>', 'sales of all tills together')
        .argParser(parseWhole(10, 100_000))
        .default(400),
    )
    .addOption(
      new Option('--outage <duration>', 'how long the line to the main is cut, e.g. 15s or 2m')
        .argParser(parseDurationMs)
        .default(15_000, '15s'),
    )
    .addOption(new Option('--tills <number>', 'tills').argParser(parseWhole(1, 16)).default(4))
    .option('--crash', 'kill the store server in the middle of the outage and start it again')
    .option('--json', 'print the figures as one JSON object on the last line')
    .option('--keep', 'keep the temporary folder with data, journals and logs')
    .addHelpText('after', EXIT_CODES)
    .action(async (options: DemoOptions) => {
      // Loaded here, so that `backroom serve` starts without it.
      const { runDemoCommand } = await import('../demo/demonstrate.ts');
      await runDemoCommand(options);
    });
}

const EXIT_CODES = `
Ends with 0 when nothing was lost, doubled or reordered and the totals agree, else with 1.
What the figures mean: docs/demo.md`;
