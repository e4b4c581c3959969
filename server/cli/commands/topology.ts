import { Command, Option } from 'commander';
import type { EstateFormat } from '../../contract/estate.ts';
import { estateFormatSchema } from '../../contract/estate.ts';
import { checkEstate } from '../topology/check.ts';
import { compareEstates } from '../topology/diff.ts';
import { EXAMPLES, exampleText } from '../topology/examples.ts';

/** `backroom topology`: proves, compares and begins estate files. */
export function topologyCommand(): Command {
  return new Command('topology')
    .description(
      'Prove that an estate loses nothing by the way it is set up; compare and begin estates.',
    )
    .addCommand(checkCommand())
    .addCommand(initCommand())
    .addCommand(diffCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description(
      'Prove an estate file: where it fails, tell a counterexample. Exit code 1 where there is an error.',
    )
    .argument('<file>', 'estate file, JSON or YAML')
    .option(
      '--down <keys>',
      'what works while these servers are down (Mobile Server Keys, with commas)',
    )
    .option('--json', 'one JSON object instead of text')
    .action((file: string, options: { down?: string; json?: boolean }) => {
      const down = options.down?.split(',').map((key) => key.trim());
      const { text, failed } = checkEstate(file, { down, asJson: options.json === true });
      console.log(text);
      if (failed) process.exitCode = 1;
    });
}

function initCommand(): Command {
  return new Command('init')
    .description(`Write an example estate to standard output: ${EXAMPLES.join(', ')}.`)
    .argument('<name>', 'the example')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(estateFormatSchema.options)
        .default('json'),
    )
    .action((name: string, { format }: { format: EstateFormat }) => {
      process.stdout.write(exampleText(name, format));
    });
}

function diffCommand(): Command {
  return new Command('diff')
    .description('What would change if the first estate were replaced by the second.')
    .argument('<before>', 'estate file, JSON or YAML')
    .argument('<after>', 'estate file, JSON or YAML')
    .option('--json', 'one JSON object instead of text')
    .action((before: string, after: string, options: { json?: boolean }) => {
      console.log(compareEstates(before, after, options.json === true));
    });
}
