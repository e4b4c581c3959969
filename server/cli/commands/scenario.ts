import { Command } from 'commander';
import type { ScenarioOptions } from '../scenario/run.ts';

/** `backroom scenario`: an estate of real processes whose servers are killed and restored while tills sell. */
export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('Kill and restore the servers of an estate while its tills sell.')
    .argument(
      '<name>',
      'main-and-failover, shared-store-servers, central-aggregation, split-services, or all',
    )
    .option('--json', 'print the figures as one JSON object on the last line')
    .option('--keep', 'keep the temporary folder with data, journals and logs')
    .addHelpText('after', EXIT_CODES)
    .action(async (name: string, options: ScenarioOptions) => {
      // Loaded here, so that `backroom serve` starts without it.
      const { runScenarioCommand } = await import('../scenario/run.ts');
      await runScenarioCommand(name, options);
    });
}

const EXIT_CODES = `
Ends with 0 when every step was as the definitions say and nothing was lost, doubled or reordered,
else with 1. What is played and what the figures mean: docs/scenarios.md`;
