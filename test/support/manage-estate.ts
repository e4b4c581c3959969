import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFamily } from '../../server/cli/demo/family.ts';
import type { Stage } from '../../server/cli/demo/stage.ts';
import { organizationId } from '../../server/cli/scenario/estate.ts';
import type { Scenario } from '../../server/cli/scenario/scenario.ts';
import { startTill } from '../../server/cli/scenario/tills.ts';
import type { ScenarioTill } from '../../server/cli/scenario/tills.ts';
import { openTown } from '../../server/cli/scenario/town.ts';
import type { Town } from '../../server/cli/scenario/town.ts';
import type { Estate } from '../../server/contract/estate.ts';
import { nodePlatform } from '../../terminal/node/platform.ts';

export const ADMINISTRATOR = { userName: 'ada', password: 'a good long password' };
export const ESTATE_MANAGER = { userName: 'elena', password: 'another long password' };
/** Search key of the till that sells. */
export const TILL = 'C-01';

/** A main server and a store server as real processes, and a till that sells at the store server. */
export interface LiveEstate extends AsyncDisposable {
  town: Town;
  till: ScenarioTill;
  /** Starts a till that was defined only since, with the page of a server; resolves when it can sell. */
  startTill(searchKey: string, page: string): Promise<ScenarioTill>;
}

const TWO_SERVERS: Scenario = {
  name: 'definitions',
  title: 'A central main, and a store server that its shop tries first',
  servers: [
    { key: 'Central', name: 'Central', type: 'MAIN', priority: 30 },
    {
      ...{ key: 'Shop', name: 'Shop back room', type: 'STORE', priority: 10 },
      ...{ allOrganizations: false, organizations: [organizationId('Madrid Centro')] },
    },
  ],
  tills: { [TILL]: 'Shop' },
  steps: [],
  reshape: withPeople,
};

/** Starts everything in a folder of its own; what it is given back ends it all. */
export async function openLiveEstate(): Promise<LiveEstate> {
  const { clock, timers } = nodePlatform(() => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'backroom-definitions-'));
  const family = createFamily(folder, timers);
  family.broken.catch(() => undefined);
  const stage: Stage = { folder, family, clock, timers, keep: false };
  const close = async (): Promise<void> => {
    await family.endAll();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const town = await openTown(TWO_SERVERS, stage);
    const till = await startTill(TILL, { scenario: TWO_SERVERS, town, stage });
    return {
      ...{ town, till },
      startTill: (searchKey, page) => startLater(searchKey, page, { town, stage }),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The scenario's way to start a till, for one that its estate does not name. */
function startLater(
  searchKey: string,
  page: string,
  { town, stage }: { town: Town; stage: Stage },
): Promise<ScenarioTill> {
  const [model] = town.estate.terminals;
  if (model === undefined) throw new Error('the estate has no till');
  const estate = { ...town.estate, terminals: [{ ...model, searchKey }] };
  const scenario = { ...TWO_SERVERS, tills: { [searchKey]: page } };
  return startTill(searchKey, { scenario, town: { ...town, estate }, stage });
}

function withPeople(estate: Estate): Estate {
  const organization = estate.organizations.find(({ parent }) => parent === null)?.id ?? '';
  const person = (id: string, name: string, role: 'manager' | 'administrator') => ({
    ...{ id, name, role, organization, epoch: 0, active: true },
    ...(role === 'manager' ? ESTATE_MANAGER : ADMINISTRATOR),
  });
  const people = [
    person('Ada', 'Ada Ferrer', 'administrator'),
    person('El', 'Elena Ruiz', 'manager'),
  ];
  return { ...estate, users: [...estate.users, ...people] };
}
