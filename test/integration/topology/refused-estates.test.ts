import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedChangesSchema } from '../../../server/contract/definitions-api.ts';
import { standardServices } from '../../../server/modules.ts';
import { topology } from '../../unit/core/topology/estates.ts';
import { WRONG_ESTATES } from '../../unit/core/topology/wrong-estates.ts';
import type { Office } from '../manage/definitions-house.ts';
import { openMain } from '../manage/definitions-house.ts';

/**
 * Wrong estates that no server comes to run with: a real main refuses to take them, and says why.
 * The stories of the others are played; replays.ts says where.
 */
const REFUSED: [what: string, code: string][] = [
  ['two servers of one key', 'sameKey'],
  ['two servers of one name', 'sameName'],
  ['a store server at the address of its main', 'pointsAtItself'],
  ['an address that is none', 'badUrl'],
  ['organizations in a circle', 'cycle'],
  ['a parent that is not there', 'unknownParent'],
  ['a till in an organization that is not there', 'unknownOrganization'],
  ['a misspelt service', 'unknownService'],
  ['a refresh interval that is not below the age of a token', 'refreshNotBelowAge'],
  ['a refresh interval that is wrong for one till only', 'refreshNotBelowAge'],
  ['a duration that is no number', 'badValue'],
  ['the enablement below the system', 'badLevel'],
  ['an owner of the definitions that is no main', 'unknownOwner'],
];

/** Values that a definition cannot have: the file is not read at all. */
const NOT_READ: [what: string, sentence: string][] = [
  ['a priority that is no number', '"servers[1].priority": must be a number'],
  [
    'a routing type that does not exist',
    'must be one of Failover, Transaction, Broadcast, Ping, and is "Everywhere"',
  ],
];

let main: Office;
beforeAll(async () => {
  main = await openMain();
});
afterAll(() => main[Symbol.asyncDispose]());

describe('a main that is given an estate', () => {
  it('takes it where nothing is wrong', async () => {
    const { organizations, servers, terminals, preferences } = topology().definitions;
    const estate = { organizations, servers, terminals, preferences };
    const response = await main.call('/estate', { body: { estate, dryRun: true } });
    expect(response.status, await response.text()).toBe(200);
  });

  it.each(REFUSED)('refuses %s (%s), and has what it had', async (what, code) => {
    const wrong = WRONG_ESTATES.find((each) => each.what === what);
    if (wrong === undefined) throw new Error(`no wrong estate is called "${what}"`);
    const { organizations, servers, terminals, preferences } = wrong.topology.definitions;
    const estate = { organizations, servers, terminals, preferences };
    const before = await editionOf(main);
    const response = await main.call('/estate', { body: { estate } });
    const answer: unknown = await response.json();
    expect(response.status, JSON.stringify(answer)).toBe(422);
    const { findings } = refusedChangesSchema.parse(answer);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(await editionOf(main)).toBe(before);
  });
});

describe('an estate file', () => {
  it.each(NOT_READ)('is not read with %s', async (what, sentence) => {
    const wrong = WRONG_ESTATES.find((each) => each.what === what);
    const { organizations, servers, terminals, preferences } = wrong!.topology.definitions;
    const services = wrong!.topology.services.slice(standardServices().length);
    const estate = { organizations, servers, terminals, preferences, services };
    const before = await editionOf(main);
    const response = await main.call('/estate', { body: { estate } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(JSON.stringify(sentence).slice(1, -1));
    expect(await editionOf(main)).toBe(before);
  });
});

async function editionOf(office: Office): Promise<unknown> {
  return ((await (await office.call('/summary')).json()) as { edition: string }).edition;
}
