/**
 * `npm run bench -- NAME`: measures the shipped program as real processes on loopback. Figures are
 * medians over rounds; with `--json` the last line is one object.
 */
import { Argument, Command } from 'commander';
import { measureTill } from './till.ts';

const BENCHES = { till: measureTill } as const;

const program = new Command()
  .name('bench')
  .addArgument(new Argument('<name>', 'what is measured').choices(Object.keys(BENCHES)))
  .option('--rounds <number>', 'how often it is measured', '5')
  .option('--json', 'one object on the last line')
  .action(async (name: keyof typeof BENCHES, options: { rounds: string; json?: true }) => {
    const rounds = Number(options.rounds);
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new Error('--rounds is a whole number from 1');
    const figures = { bench: name, rounds, ...(await BENCHES[name](rounds)) };
    if (options.json) console.log(JSON.stringify(figures));
    else console.table(figures);
  });

await program.parseAsync();
