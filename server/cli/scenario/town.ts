import { join } from 'node:path';
import { CONTEXT_PATH } from '../../contract/limits.ts';
import type { Estate } from '../../contract/estate.ts';
import { importEstate } from '../../start.ts';
import type { Member } from '../demo/family.ts';
import { freePorts } from '../demo/free-ports.ts';
import { untilReplicated } from '../demo/replicated.ts';
import { DATABASE_FILE, startServer } from '../demo/serve-process.ts';
import type { Stage } from '../demo/stage.ts';
import { estateOf } from './estate.ts';
import { hasPrice, raisePrice } from './price.ts';
import type { PlannedServer, Scenario, ServerStep } from './scenario.ts';

/** How long a server that runs may take to get what is new at its main. */
const LEARN_DEADLINE_MS = 60_000;
const LOOK_MS = 200;

/** The servers of a scenario, each a process of its own. */
export interface Town {
  estate: Estate;
  /** Address of a server, without the context path. */
  urlOf(serverKey: string): string;
  /** Whether a server runs and answers. */
  isUp(serverKey: string): boolean;
  /**
   * Does what the step says; resolves when it is done (a restored server takes work): whether it could
   * be done.
   */
  act(step: ServerStep): Promise<boolean>;
  /** Database files of the mains, for those who only read. */
  mainDatabases: string[];
}

/** A server of the town: its process while it runs. */
interface Resident {
  plan: PlannedServer;
  port: number;
  directory: string;
  member: Member | undefined;
  frozen: boolean;
}

/** Starts every server of the scenario on a new folder; resolves when all of them have everything. */
export async function openTown(scenario: Scenario, stage: Stage): Promise<Town> {
  const ports = await freePorts(scenario.servers.length);
  const residents = new Map<string, Resident>(
    scenario.servers.map((plan, index) => [
      plan.key,
      {
        ...{ plan, port: ports[index] ?? 0, directory: join(stage.folder, plan.key) },
        ...{ member: undefined, frozen: false },
      },
    ]),
  );
  const urlOf = (serverKey: string): string => `http://127.0.0.1:${residentOf(serverKey).port}`;
  const residentOf = (serverKey: string): Resident => {
    const resident = residents.get(serverKey);
    if (resident === undefined) throw new Error(`the scenario has no server ${serverKey}`);
    return resident;
  };
  const addresses = new Map([...residents.keys()].map((key) => [key, urlOf(key) + CONTEXT_PATH]));
  const estate = estateOf(scenario, addresses);
  await startAll(estate, [...residents.values()], stage);
  const raised = raisePrice(estate);
  return {
    estate,
    urlOf,
    isUp: (serverKey) => {
      const { member, frozen } = residentOf(serverKey);
      return member !== undefined && !frozen;
    },
    act: (step) => act(step, residentOf(step.server), stage, raised),
    mainDatabases: [...residents.values()]
      .filter(({ plan }) => plan.type === 'MAIN')
      .map(({ directory }) => join(directory, DATABASE_FILE)),
  };
}

async function startAll(
  estate: Estate,
  [main, ...others]: readonly Resident[],
  stage: Stage,
): Promise<void> {
  if (main === undefined) throw new Error('a scenario needs a main server');
  const joinFor = others.map(({ plan }) => plan.key);
  const target = { dataDirectory: main.directory, serverKey: main.plan.key, joinFor };
  const { joinCodes } = await importEstate(target, estate);
  await start(main, [], stage);
  const mainUrl = `http://127.0.0.1:${main.port}`;
  const join = async (resident: Resident): Promise<void> => {
    const { key } = resident.plan;
    const code = joinCodes[key] ?? '';
    await start(resident, ['--main', mainUrl, '--server-key', key, '--join-code', code], stage);
  };
  await Promise.all(others.map(join));
  const { timers } = stage;
  for (const { port } of others) {
    await untilReplicated({ storeUrl: `http://127.0.0.1:${port}`, mainUrl, estate, timers });
  }
}

async function start(
  resident: Resident,
  options: readonly string[],
  { family, timers }: Stage,
): Promise<void> {
  const { plan, port, directory } = resident;
  const role = plan.type === 'MAIN' ? 'main' : 'store';
  resident.member = await startServer({
    ...{ family, timers, port, name: `server-${plan.key}` },
    options: ['--role', role, '--data', directory, ...options],
  });
}

async function act(
  step: ServerStep,
  resident: Resident,
  stage: Stage,
  { price, change }: ReturnType<typeof raisePrice>,
): Promise<boolean> {
  const { member, directory, plan } = resident;
  const needsDown = step.do === 'restore' || step.do === 'reprice';
  if (needsDown === (member !== undefined)) {
    throw new Error(`${step.server} cannot ${step.do}: it is ${member ? 'up' : 'down'}`);
  }
  switch (step.do) {
    case 'kill':
      await member?.end('SIGKILL');
      resident.member = undefined;
      return true;
    case 'restore':
      await start(resident, [], stage);
      return true;
    case 'freeze':
    case 'thaw':
      resident.frozen = step.do === 'freeze';
      process.kill(member?.pid ?? 0, resident.frozen ? 'SIGSTOP' : 'SIGCONT');
      return true;
    case 'reprice':
      await importEstate({ dataDirectory: directory, serverKey: plan.key }, change);
      return true;
    case 'learn':
      return untilTrue(() => hasPrice(join(directory, DATABASE_FILE), price), stage);
  }
}

/** Looks again and again until it is so: true; false at the deadline. */
async function untilTrue(isSo: () => boolean, { timers }: Stage): Promise<boolean> {
  const deadline = AbortSignal.timeout(LEARN_DEADLINE_MS);
  while (!isSo()) {
    if (deadline.aborted) return false;
    await timers.pause(LOOK_MS, deadline);
  }
  return true;
}
