import type { Definitions, MobileService } from '../../contract/definitions.ts';
import { standardServices } from '../../start.ts';
import type { FailOver } from '../../../terminal/sightings.ts';
import type { Progress } from '../demo/progress.ts';
import type { Stage } from '../demo/stage.ts';
import type { BooksOfMains } from './books.ts';
import { compareWithMains } from './books.ts';
import { definitionsOf } from './estate.ts';
import { differences, expectedAnswers } from './expected.ts';
import { ALLOWANCE_MS, tightest } from './fail-over.ts';
import type { Scenario, Step } from './scenario.ts';
import { journalOf, startTill } from './tills.ts';
import type { ScenarioTill } from './tills.ts';
import { openTown } from './town.ts';
import type { Town } from './town.ts';
import { sayStep, sayTill } from './words.ts';

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
/** What servers took from a till must be at every main so soon after these are back. */
const HANDED_OVER_DEADLINE_MS = 60_000;
const LOOK_MS = 200;
const SETTLE_DEADLINE_MS = 90_000;

interface Scene {
  scenario: Scenario;
  stage: Stage;
  town: Town;
  /** The tills that run, by search key. */
  tills: Map<string, ScenarioTill>;
  journals: Set<string>;
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
  const scene: Scene = {
    ...{ scenario, stage, town, progress, failOvers: [] },
    ...{ tills: new Map(), journals: new Set() },
    definitions: definitionsOf(town.estate),
    services: standardServices(),
  };
  await Promise.all(Object.keys(scenario.tills).map((searchKey) => open(searchKey, scene)));

  const steps: (Step | null)[] = [null, ...scenario.steps];
  let failed = 0;
  for (const [index, step] of steps.entries()) {
    progress.say(`${index + 1}/${steps.length} ${sayStep(step)}`);
    if (!(await playStep(step, scene))) failed += 1;
    await stage.timers.pause(DWELL_MS);
  }
  if (!(await endDay(scene))) failed += 1;
  const worst = tightest(scene.failOvers);
  return {
    ...{ scenario: scenario.name, steps: steps.length, failed },
    ...compareWithMains([...scene.journals], town.mainDatabases),
    failoverMs: worst === undefined ? null : Math.round(worst.tookMs),
    failoverLimitMs: worst === undefined ? null : worst.timeoutMs + ALLOWANCE_MS,
  };
}

/** Does what the step says and looks what each till sees of it; whether all is as it should be. */
async function playStep(step: Step | null, scene: Scene): Promise<boolean> {
  const { town, tills, progress, failOvers } = scene;
  const isDone = step === null || (await act(step, scene));
  const isBack = step?.do === 'restore' || step?.do === 'thaw';
  const found = await Promise.all(
    [...tills.values()].map(async (till) => {
      if (isBack) await till.sees(nameOf(step.server, scene), BACK_DEADLINE_MS);
      const expected = expectedAnswers(scene, till, (key) => town.isUp(key));
      const isNobody = expected.tickets.length === 0;
      const probe = await till.probe(isNobody ? NOBODY_MS : TICKET_DEADLINE_MS);
      failOvers.push(...probe.failOvers);
      return { till, faults: differences(expected, probe.answering), ...probe };
    }),
  );
  for (const { till, answering, faults } of found) {
    progress.say(sayTill(till.searchKey, answering, faults));
  }
  return isDone && found.every(({ faults }) => faults.length === 0);
}

/** Whether the step could be done. */
async function act(step: Step, scene: Scene): Promise<boolean> {
  const { town, tills } = scene;
  switch (step.do) {
    case 'crash':
      await tills.get(step.till)?.crash();
      tills.delete(step.till);
      return true;
    case 'reopen': {
      const isSafe = await untilHandedOver(step.till, scene);
      await open(step.till, scene);
      return isSafe;
    }
    case 'kill':
    case 'restore':
    case 'freeze':
    case 'thaw':
    case 'reprice':
    case 'learn':
      return await sayFault(town.act(step), step, scene);
  }
}

async function sayFault(done: Promise<boolean>, step: Step, { progress }: Scene): Promise<boolean> {
  const isDone = await done;
  if (!isDone) progress.say(`    WRONG: that did not happen within a minute: ${sayStep(step)}`);
  return isDone;
}

async function open(searchKey: string, scene: Scene): Promise<void> {
  const till = await startTill(searchKey, scene);
  scene.tills.set(searchKey, till);
  scene.journals.add(till.journalPath);
  till.keepSelling(PACE_MS);
}

/** Waits until every main has all that servers took from a till that is gone; false at the deadline. */
async function untilHandedOver(searchKey: string, scene: Scene): Promise<boolean> {
  const { town, stage, progress } = scene;
  const journal = journalOf(stage, searchKey);
  const deadline = AbortSignal.timeout(HANDED_OVER_DEADLINE_MS);
  let { lost } = compareWithMains([journal], town.mainDatabases);
  while (lost > 0 && !deadline.aborted) {
    await stage.timers.pause(LOOK_MS, deadline);
    ({ lost } = compareWithMains([journal], town.mainDatabases));
  }
  if (lost > 0) progress.say(`    ${searchKey}: WRONG: ${lost} accepted records are not at a main`);
  return lost === 0;
}

/** Every till closes its cash-up; whether everything is confirmed. */
async function endDay({ tills, progress }: Scene): Promise<boolean> {
  progress.say('The tills close their cash-ups and wait until everything is confirmed.');
  const all = [...tills.values()];
  const settled = await Promise.all(all.map((till) => till.finish(SETTLE_DEADLINE_MS)));
  for (const [index, { searchKey }] of all.entries()) {
    if (settled[index] === false)
      progress.say(`    ${searchKey}: WRONG: not everything is confirmed`);
  }
  return !settled.includes(false);
}

function nameOf(serverKey: string, { definitions }: Scene): string {
  return definitions.servers.find((server) => server.key === serverKey)?.name ?? serverKey;
}
