import { openProgress } from '../demo/progress.ts';
import { printResult } from '../demo/report.ts';
import { endsInterrupted, onStage } from '../demo/stage.ts';
import { UsageFault } from '../fault.ts';
import { SCENARIOS } from './plans.ts';
import type { ScenarioResult } from './play.ts';
import { playScenario } from './play.ts';
import { describeScenario } from './words.ts';

/** The options of `backroom scenario`. */
export interface ScenarioOptions {
  json?: true;
  keep?: true;
}

/** `backroom scenario`: plays one scenario or all, and sets the exit code of the process. */
export async function runScenarioCommand(name: string, options: ScenarioOptions): Promise<void> {
  const chosen = SCENARIOS.filter((scenario) => name === 'all' || scenario.name === name);
  if (chosen.length === 0) {
    const names = SCENARIOS.map((scenario) => scenario.name).join(', ');
    throw new UsageFault(`There is no scenario ${name}. Choose one of ${names}, or all.`);
  }
  await endsInterrupted(async () => {
    const progress = openProgress(process.stderr);
    const results: ScenarioResult[] = [];
    for (const scenario of chosen) {
      const stageOptions = { name: scenario.name, keep: options.keep === true };
      results.push(await onStage(stageOptions, (stage) => playScenario(scenario, stage, progress)));
    }
    progress.stop();
    const [only] = results;
    const found = name === 'all' || only === undefined ? { scenarios: results } : only;
    printResult(found, results.map(describeScenario), options.json === true);
    process.exitCode = results.every(isGood) ? 0 : 1;
  });
}

/** Whether every step was as it should be, nothing is missing, doubled or out of order, and no till waited too long. */
export function isGood(result: ScenarioResult): boolean {
  const { failoverMs, failoverLimitMs } = result;
  return (
    result.failed + result.lost + result.doubled + result.reordered === 0 &&
    result.tickets === result.confirmedAtMain &&
    failoverMs !== null &&
    failoverLimitMs !== null &&
    failoverMs <= failoverLimitMs
  );
}
