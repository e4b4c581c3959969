import { join } from 'node:path';
import type { TillCommand, TillEvent } from '../../../terminal/node/till-process.ts';
import type { Estate } from '../../contract/estate.ts';
import type { Family, Member } from './family.ts';
import { programFile } from './program-file.ts';

/** A till of the demonstration: the till's own code as a process of its own. */
export interface DemoTill {
  journalPath: string;
  /** Sales of the till so far. */
  sold(): number;
  /** Makes so many sales, with all that happens between them; resolves when they are made. */
  sell(sales: number, paceMs: number): Promise<void>;
  /** Goes on selling until the till is ended. */
  keepSelling(paceMs: number): void;
  /**
   * Closes the cash-up, waits until the main has confirmed everything (or for the deadline), and ends
   * the process.
   */
  finish(deadlineMs: number): Promise<void>;
}

/** So often a till asks what is confirmed: more often than in a shop, so that a short run sees it. */
const HEARTBEAT_MS = 1_000;
const START_DEADLINE_MS = 60_000;
/** What a till may need beyond its pace for all its sales. */
const SELLING_SLACK_MS = 120_000;
/** Sales of a till that goes on selling: more than anybody waits for. */
const ENDLESS = 10_000_000;

/**
 * Starts a till for each terminal of the store, each with a folder in the run's folder; a till that
 * was there before goes on from its folder. Resolves when they can all sell.
 */
export async function openTills(parts: {
  folder: string;
  family: Family;
  storeUrl: string;
  estate: Estate;
}): Promise<DemoTill[]> {
  const { family, estate, folder, storeUrl } = parts;
  const cashier = cashierOf(estate);
  const opening = terminalsOf(estate).map((terminal, index) => {
    const directory = join(folder, terminal.searchKey);
    const config = {
      serverUrl: storeUrl,
      terminal: terminal.searchKey,
      ...cashier,
      directory,
      seed: index + 1,
      heartbeatMs: HEARTBEAT_MS,
    };
    const member = family.start({
      name: `till-${terminal.searchKey}`,
      script: programFile('../../../terminal/node/till-process'),
      arguments: ['--config', JSON.stringify(config)],
    });
    return openTill(member, join(directory, JOURNAL_FILE));
  });
  return Promise.race([family.broken, Promise.all(opening)]);
}

/** The journal in a till's folder. */
export const JOURNAL_FILE = 'journal.ndjson';

/** The terminals of the first store, which is the one behind the store server. */
export function terminalsOf(estate: Estate): Estate['terminals'] {
  const [first] = estate.terminals;
  return estate.terminals.filter((terminal) => terminal.organization === first?.organization);
}

/** Who works at the tills of the demo shop. */
export function cashierOf(estate: Estate): { userName: string; pin: string } {
  const cashier = estate.users.find((user) => user.role === 'cashier');
  if (cashier?.pin === undefined) throw new Error('the demo shop has no cashier with a PIN');
  return { userName: cashier.userName, pin: cashier.pin };
}

async function openTill(member: Member, journalPath: string): Promise<DemoTill> {
  let sold = 0;
  const command = async (message: TillCommand, awaited: TillEvent['event'], deadlineMs: number) => {
    await member.ask(message, isEvent(awaited), deadlineMs);
  };
  member.onMessage((message) => {
    if (isEvent('progress')(message) || isEvent('sold')(message)) sold = message.sold;
  });
  await member.hear(isEvent('ready'), START_DEADLINE_MS);
  return {
    journalPath,
    sold: () => sold,
    sell: (sales, paceMs) =>
      command(
        { command: 'start', tickets: sales, perMinute: 60_000 / paceMs },
        'sold',
        2 * sales * paceMs + SELLING_SLACK_MS,
      ),
    keepSelling: (paceMs) =>
      member.tell({ command: 'start', tickets: ENDLESS, perMinute: 60_000 / paceMs }),
    finish: async (deadlineMs) => {
      await command({ command: 'finish', deadlineMs }, 'finished', deadlineMs + SELLING_SLACK_MS);
      await member.ended();
    },
  };
}

/** Recognizes an event of a till. */
export function isEvent<Name extends TillEvent['event']>(
  name: Name,
): (message: unknown) => message is TillEvent & { event: Name } {
  return (message): message is TillEvent & { event: Name } => (message as TillEvent).event === name;
}
