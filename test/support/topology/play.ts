import { expect } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { Finding } from '../../../server/core/topology/finding.ts';
import type { Platform } from '../../../terminal/platform.ts';
import { SERVICES } from '../../../terminal/services.ts';
import type { Sent } from './routed-till.ts';
import { RoutedTill } from './routed-till.ts';
import type { RunningEstate } from './running-estate.ts';

export const ADDRESS = 'org.openbravo.retail.posterminal.CustomerAddrLoader';
const AT = '2026-11-24T09:00:00.000Z';
const WAIT = { timeout: 15_000, interval: 25 };

/** What a till sends where a story says that it does something, and where a server keeps it. */
const PROPS: Record<string, { id: string; record: JsonObject; sql: string }> = {
  [SERVICES.customer]: {
    id: 'ANA',
    record: { id: 'ANA', name: 'Ana', locId: 'HOME', locName: 'Calle Mayor 1' },
    sql: `SELECT id FROM record WHERE model = 'BusinessPartner' AND id = ?`,
  },
  [ADDRESS]: {
    id: 'WORK',
    record: { id: 'WORK', bpartner: 'ANA', name: 'Gran Vía 2' },
    sql: `SELECT id FROM record WHERE model = 'BPLocation' AND id = ?`,
  },
  [SERVICES.order]: {
    id: 'TICKET',
    record: {
      ...{ id: 'TICKET', documentNo: 'VBS-2/1', orderType: 0, orderDate: AT },
      ...{ gross: 12.1, net: 10, bp: { id: 'ANA', locId: 'HOME' }, obposAppCashup: 'CASH-UP' },
      ...{ lines: [], payments: [] },
    },
    sql: 'SELECT id FROM ticket WHERE id = ?',
  },
  [SERVICES.cashMovement]: {
    id: 'CHANGE',
    record: { id: 'CHANGE', type: 'deposit', amount: 50, cashup_id: 'CASH-UP' },
    sql: 'SELECT id FROM cash_movement WHERE id = ?',
  },
  [SERVICES.cashUp]: {
    id: 'CASH-UP',
    record: { id: 'CASH-UP', isprocessed: 'Y', ticketIds: ['TICKET'], cashMgmtIds: ['CHANGE'] },
    sql: 'SELECT id FROM cashup WHERE processed = 1 AND id = ?',
  },
};

function propOf(service: string): (typeof PROPS)[string] {
  const prop = PROPS[service];
  if (prop === undefined) throw new Error(`no story sends ${service}`);
  return prop;
}

/** Whether a server has the record of a story in its books. */
export function hasRecord(estate: RunningEstate, key: string, service: string): boolean {
  const { sql, id } = propOf(service);
  return estate.rows(key, sql, id).length > 0;
}

/** What a server decided of a message: `applied`, `waiting`, `parked`; undefined where it has none. */
export function outcomeAt(estate: RunningEstate, key: string, sent: Sent): unknown {
  const sql = 'SELECT outcome FROM message WHERE message_id = ?';
  return estate.rows(key, sql, sent.messageId)[0]?.['outcome'];
}

/** Opens the till of a story at the page of a server and logs its cashier in. */
export async function openTillOf(
  estate: RunningEstate,
  pageKey: string,
  searchKey: string,
  platform?: Platform,
): Promise<RoutedTill> {
  const terminal = estate.definitions.terminals.find((row) => row.searchKey === searchKey);
  if (terminal === undefined) throw new Error(`the estate has no till ${searchKey}`);
  const till = await RoutedTill.open(estate.url(pageKey), terminal, platform);
  const { ok } = await till.logIn();
  expect(ok, `the cashier is logged in at ${pageKey}`).toBe(true);
  return till;
}

/** A till hands over what the service is for, with other members where a story needs them. */
export function doIt(till: RoutedTill, service: string, parts: JsonObject = {}): Promise<Sent> {
  return till.send(service, { ...propOf(service).record, ...parts });
}

/**
 * Plays the steps of a finding: the till does what each says and waits until its servers call the
 * message confirmed, so that nothing is under way any more. Then the mains that have it must be those
 * that the step names: they have taken the message, and no other main ever heard of it.
 */
export async function playSteps(
  estate: RunningEstate,
  till: RoutedTill,
  { steps }: Finding,
): Promise<Sent[]> {
  const mains = estate.definitions.servers.filter(({ type }) => type === 'MAIN');
  const done: Sent[] = [];
  for (const { service, reaches } of steps) {
    const sent = await doIt(till, service);
    done.push(sent);
    await expect.poll(() => till.isConfirmed(sent), { ...WAIT, message: service }).toBe(true);
    const reached = mains.filter(({ key }) => outcomeAt(estate, key, sent) !== undefined);
    expect(reached.map(({ key }) => key).toSorted()).toEqual([...reaches].toSorted());
  }
  return done;
}
