import { Command } from 'commander';
import { version } from '../start.ts';
import { demoCommand } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { replayCommand } from './commands/replay.ts';
import { scenarioCommand } from './commands/scenario.ts';
import { serveCommand } from './commands/serve.ts';
import { topologyCommand } from './commands/topology.ts';
import { exitWithFault } from './fault.ts';

/** Runs the command line. Expected faults end with a sentence and exit code 1, bugs with their stack. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('backroom')
    .description('The in-store server for Web POS.')
    .version(version)
    .showHelpAfterError()
    .addCommand(serveCommand())
    .addCommand(demoCommand())
    .addCommand(importCommand())
    .addCommand(replayCommand())
    .addCommand(topologyCommand())
    .addCommand(scenarioCommand());
  try {
    await program.parseAsync(argv);
  } catch (error) {
    exitWithFault(error);
  }
}
