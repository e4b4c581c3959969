import { Command, InvalidArgumentError, Option } from 'commander';
import { parseWhole } from '../demo/duration.ts';
import type { ReplayOptions } from '../replay/options.ts';
import type { Speed } from '../replay/schedule.ts';

/** `backroom replay`: sells the tickets of a CSV file through a store server, as tills would. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Sell the tickets of a CSV file through a store server, as tills would.')
    .argument('<file>', 'CSV file: a line of a ticket a row, or a basket a row')
    .option('--server <url>', 'a store server that runs; without it a main and a store are started')
    .addOption(
      new Option(
        '--terminal <searchKey>',
        'a till of that server to sell at; repeat it for more',
      ).argParser((one: string, others: string[] | undefined) => [...(others ?? []), one]),
    )
    .option('--user <name>', 'user to log in with at that server')
    .option('--pin <pin>', 'PIN or password of that user')
    .option('--main-database <file>', "the main's database, to compare with its books")
    .addOption(
      new Option('--tills <number>', 'tills, where the servers are started')
        .argParser(parseWhole(1, 16))
        .default(4),
    )
    .addOption(
      new Option('--speed <factor>', 'N times as fast as in the file, or max')
        .argParser(parseSpeed)
        .default('max'),
    )
    .addOption(new Option('--format <format>', 'what a row is').choices(['lines', 'baskets']))
    .option('--header', 'the first row names the columns')
    .option('--no-header', 'the first row is a ticket already')
    .option('--ticket-column <column>', 'column of the ticket number, by name or number from 1')
    .option('--item-column <column>', 'column of the item')
    .option('--date-column <column>', 'column of the date, or of date and time')
    .option('--time-column <column>', 'column of the time')
    .option('--delimiter <character>', 'what separates the columns', ',')
    .option('--skip-item <name>', 'rows with this item are no sale', 'NONE')
    .option('--json', 'print the figures as one JSON object on the last line')
    .option('--keep', 'keep the temporary folder with data, journals and logs')
    .addHelpText('after', '\nColumns that are not named are detected. Details: docs/demo.md')
    .action(async (file: string, options: ReplayOptions) => {
      // Loaded here, so that `backroom serve` starts without it.
      const { runReplayCommand } = await import('../replay/replay.ts');
      await runReplayCommand(file, options);
    });
}

function parseSpeed(text: string): Speed {
  if (text === 'max') return 'max';
  const factor = Number(text);
  if (factor > 0 && Number.isFinite(factor)) return factor;
  throw new InvalidArgumentError('Give a number above 0, or max.');
}
