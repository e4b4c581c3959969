import type { Definitions, MobileService } from '../../contract/definitions.ts';
import { standardServices } from '../../start.ts';
import type { FailOver } from '../../../terminal/sightings.ts';
import type { Progress } from '../demo/progress.ts';
import type { Stage } from '../demo/stage.ts';
import type { BooksOfMains } from './books.ts';
import { compareWithMains } from './books.ts';
import { definitionsOf } from './estate.ts';
import { differences, expectedAnswers } from './expected.ts';
import type { Answering } from './expected.ts';
import { ALLOWANCE_MS, tightest } from './fail-over.ts';
import type { Scenario, Step } from './scenario.ts';
import { openTills } from './tills.ts';
import type { ScenarioTill } from './tills.ts';
import { openTown } from './town.ts';
import type { Town } from './town.ts';
import { DONE, sayTill } from './words.ts';

/** What a scenario found. */
export interface ScenarioResult extends BooksOfMains {
  scenario: string;
  /** Steps played, and those in which a till saw another server than it should, or none. */
  steps: number;
  failed: number;
  /** The fail-over that came closest to its limit, as its till saw it; null where none was seen. */
  failoverMs: number | null;
  /** The timeout of the service that was called, and {@link ALLOWANCE_MS}. */
  failoverLimitMs: number | null;
}

/** A till starts a sale so long after the one before. */
const PACE_MS = 400;
/** How long the tills sell after each step before the next. */
const DWELL_MS = 1_500;
/** How long a till may take to see that a server is back: a ping that just failed, the next, and their answers. */
const BACK_DEADLINE_MS = 20_000;
/** A ticket that nobody takes by then is taken by nobody. */
const NOBODY_MS = 1_500;
const TICKET_DEADLINE_MS = 20_000;
const SETTLE_DEADLINE_MS = 90_000;

interface Scene {
  town: Town;
  tills: readonly ScenarioTill[];
  progress: Progress;
  definitions: Definitions;
  services: readonly MobileService[];
  failOvers: FailOver[];
}

/** Plays a scenario on a stage, and resolves with what it found; all its tills have ended then. */
export async function playScenario(
  scenario: Scenario,
  stage: Stage,
  progress: Progress,
): Promise<ScenarioResult> {
  progress.phase(`${scenario.name}: ${scenario.title}`);
  const town = await openTown(scenario, stage);
  const tills = await openTills(scenario, town, stage);
  const definitions = definitionsOf(town.estate);
  const services = standardServices();
  const scene: Scene = { town, tills, progress, definitions, services, failOvers: [] };
  for (const till of tills) till.keepSelling(PACE_MS);

  const steps: (Step | null)[] = [null, ...scenario.steps];
  let failed = 0;
  for (const [index, step] of steps.entries()) {
    const what = step === null ? 'All servers run' : `${step.server} ${DONE[step.do]}`;
    progress.say(`${index + 1}/${steps.length} ${what}.`);
    if (!(await playStep(step, scene))) failed += 1;
    await stage.timers.pause(DWELL_MS);
  }

  progress.say('The tills close their cash-ups and wait until everything is confirmed.');
  const settled = await Promise.all(tills.map((till) => till.finish(SETTLE_DEADLINE_MS)));
  if (settled.includes(false)) failed += 1;
  const worst = tightest(scene.failOvers);
  return {
    ...{ scenario: scenario.name, steps: steps.length, failed },
    ...compareWithMains(
      tills.map((till) => till.journalPath),
      town.mainDatabases,
    ),
    failoverMs: worst === undefined ? null : Math.round(worst.tookMs),
    failoverLimitMs: worst === undefined ? null : worst.timeoutMs + ALLOWANCE_MS,
  };
}

/** Plays a step and looks what each till sees of it; whether every till sees what it should. */
async function playStep(step: Step | null, scene: Scene): Promise<boolean> {
  const { town, tills, progress, failOvers } = scene;
  if (step !== null) await town.act(step);
  const isBack = step?.do === 'restore' || step?.do === 'thaw';
  const found = await Promise.all(
    tills.map(async (till) => {
      if (isBack) await till.sees(nameOf(step.server, scene), BACK_DEADLINE_MS);
      const expected = expectedAnswers(scene, till, (key) => town.isUp(key));
      const probe = await till.probe(isNobody(expected) ? NOBODY_MS : TICKET_DEADLINE_MS);
      failOvers.push(...probe.failOvers);
      return { till, faults: differences(expected, probe.answering), ...probe };
    }),
  );
  for (const { till, answering, faults } of found) {
    progress.say(sayTill(till.searchKey, answering, faults));
  }
  return found.every(({ faults }) => faults.length === 0);
}

function isNobody({ tickets }: Answering): boolean {
  return tickets.length === 0;
}

function nameOf(serverKey: string, { definitions }: Scene): string {
  return definitions.servers.find((server) => server.key === serverKey)?.name ?? serverKey;
}
