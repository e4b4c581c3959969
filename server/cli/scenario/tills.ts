import { join } from 'node:path';
import type { TillCommand } from '../../../terminal/node/till-process.ts';
import type { TillState } from '../../../terminal/till-api.ts';
import type { FailOver } from '../../../terminal/sightings.ts';
import type { Timers } from '../../../terminal/platform.ts';
import type { Member } from '../demo/family.ts';
import { programFile } from '../demo/program-file.ts';
import type { Stage } from '../demo/stage.ts';
import { cashierOf, isEvent, JOURNAL_FILE } from '../demo/tills.ts';
import type { Answering, TillPlace } from './expected.ts';
import type { Scenario } from './scenario.ts';
import type { Town } from './town.ts';

/** A till of a scenario: the till's own code as a process of its own. */
export interface ScenarioTill extends TillPlace {
  searchKey: string;
  journalPath: string;
  /** What it said last of itself. */
  state(): TillState;
  /** Sells from now on until {@link finish}. */
  keepSelling(paceMs: number): void;
  /**
   * Lets it log in, search and sell, and tells by Mobile Server Key who answered. A ticket that nobody
   * takes within the deadline is nobody's; it stays in the till.
   */
  probe(ticketDeadlineMs: number): Promise<{ answering: Answering; failOvers: FailOver[] }>;
  /** Resolves when it does not take a server for offline (any more): true; false at the deadline. */
  sees(serverName: string, deadlineMs: number): Promise<boolean>;
  /** Closes the cash-up and ends; whether everything was confirmed before the deadline. */
  finish(deadlineMs: number): Promise<boolean>;
}

/** So often a till asks what is confirmed: more often than in a shop, so that a short run sees it. */
const HEARTBEAT_MS = 1_000;
const START_DEADLINE_MS = 60_000;
/** What a log-in and two searches may take where a server is frozen. */
const PROBE_DEADLINE_MS = 45_000;
const FINISH_SLACK_MS = 30_000;
const LOOK_MS = 100;
/** Sales of a till that goes on selling: more than anybody waits for. */
const ENDLESS = 10_000_000;

/** Starts the tills of the scenario; resolves when all of them can sell. */
export function openTills(scenario: Scenario, town: Town, stage: Stage): Promise<ScenarioTill[]> {
  const { estate } = town;
  const opening = Object.entries(scenario.tills).map(async ([searchKey, page], index) => {
    const terminal = estate.terminals.find((row) => row.searchKey === searchKey);
    if (terminal === undefined) throw new Error(`the estate has no till ${searchKey}`);
    const directory = join(stage.folder, searchKey);
    const config = {
      ...{ serverUrl: town.urlOf(page), terminal: searchKey, directory, seed: index + 1 },
      ...{ ...cashierOf(estate), heartbeatMs: HEARTBEAT_MS },
    };
    const member = stage.family.start({
      name: `till-${searchKey}`,
      script: programFile('../../../terminal/node/till-process'),
      arguments: ['--config', JSON.stringify(config)],
    });
    const place = { searchKey, page, organization: terminal.organization };
    const keyOf = (name: string): string =>
      estate.servers.find((server) => server.name === name)?.key ?? page;
    const journalPath = join(directory, JOURNAL_FILE);
    return openTill({ ...place, journalPath, member, keyOf, timers: stage.timers });
  });
  return Promise.race([stage.family.broken, Promise.all(opening)]);
}

async function openTill(parts: {
  searchKey: string;
  page: string;
  organization: string;
  journalPath: string;
  member: Member;
  /** The key of a server that the till knows by its name; its page's server has none in the standard way. */
  keyOf: (name: string) => string;
  timers: Timers;
}): Promise<ScenarioTill> {
  const { member, keyOf, timers, ...place } = parts;
  let state: TillState = await member.hear(isEvent('ready'), START_DEADLINE_MS);
  member.onMessage((message) => {
    if (isEvent('progress')(message)) state = message;
  });
  const tell = (command: TillCommand): void => member.tell(command);
  const keyOrNull = (name: string | null): string | null => (name === null ? null : keyOf(name));
  return {
    ...place,
    state: () => state,
    keepSelling: (paceMs) =>
      tell({ command: 'start', tickets: ENDLESS, perMinute: 60_000 / paceMs }),
    probe: async (ticketDeadlineMs) => {
      const command: TillCommand = { command: 'probe', ticketDeadlineMs };
      const deadlineMs = PROBE_DEADLINE_MS + ticketDeadlineMs;
      const seen = await member.ask(command, isEvent('probed'), deadlineMs);
      const answering = {
        logIn: keyOrNull(seen.logIn),
        products: keyOrNull(seen.products),
        customers: keyOrNull(seen.customers),
        tickets: seen.tickets.map(keyOf),
      };
      return { answering, failOvers: seen.failOvers };
    },
    sees: async (serverName, deadlineMs) => {
      const deadline = AbortSignal.timeout(deadlineMs);
      // What it said before may be older than what is waited for.
      await member.hear(isEvent('progress'), deadlineMs);
      while (state.offline.includes(serverName) && !deadline.aborted) {
        await timers.pause(LOOK_MS, deadline);
      }
      return !state.offline.includes(serverName);
    },
    finish: async (deadlineMs) => {
      const command: TillCommand = { command: 'finish', deadlineMs };
      const finished = await member.ask(command, isEvent('finished'), deadlineMs + FINISH_SLACK_MS);
      await member.ended();
      return finished.settled;
    },
  };
}
