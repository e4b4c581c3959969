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
import { ownPage } from './expected.ts';
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
  /** SIGKILL; resolves when it is gone. */
  crash(): Promise<void>;
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

/** The journal of a till, whether or not it runs. */
export function journalOf({ folder }: Pick<Stage, 'folder'>, searchKey: string): string {
  return join(folder, searchKey, JOURNAL_FILE);
}

/** Starts a till of the scenario, on its old folder where it has one; resolves when it can sell. */
export function startTill(
  searchKey: string,
  { scenario, town, stage }: { scenario: Scenario; town: Town; stage: Stage },
): Promise<ScenarioTill> {
  const { estate } = town;
  const terminals = Object.keys(scenario.tills);
  const page = scenario.tills[searchKey];
  const terminal = estate.terminals.find((row) => row.searchKey === searchKey);
  if (page === undefined || terminal === undefined)
    throw new Error(`there is no till ${searchKey}`);
  const directory = join(stage.folder, searchKey);
  const config = {
    ...{ serverUrl: town.urlOf(page), terminal: searchKey, directory },
    ...{ ...cashierOf(estate), heartbeatMs: HEARTBEAT_MS, seed: terminals.indexOf(searchKey) + 1 },
  };
  const member = stage.family.start({
    name: `till-${searchKey}`,
    script: programFile('../../../terminal/node/till-process'),
    arguments: ['--config', JSON.stringify(config)],
  });
  const opening = openTill({
    ...{ searchKey, page, organization: terminal.organization },
    ...{ journalPath: journalOf(stage, searchKey), member, timers: stage.timers },
    keyOf: (name) => estate.servers.find((server) => server.name === name)?.key ?? ownPage(page),
  });
  return Promise.race([stage.family.broken, opening]);
}

async function openTill(parts: {
  searchKey: string;
  page: string;
  organization: string;
  journalPath: string;
  member: Member;
  /** The key of a server that the till knows by its name. */
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
    crash: () => member.end('SIGKILL'),
    finish: async (deadlineMs) => {
      const command: TillCommand = { command: 'finish', deadlineMs };
      const finished = await member.ask(command, isEvent('finished'), deadlineMs + FINISH_SLACK_MS);
      await member.ended();
      return finished.settled;
    },
  };
}
