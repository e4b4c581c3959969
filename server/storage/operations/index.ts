import { accept } from './accept.ts';
import { announce, eventsAfter } from './events.ts';
import { audit } from './audit.ts';
import { claim, nextDueMs } from './claim.ts';
import {
  changeDefinitions,
  definitionChange,
  definitionHistory,
  newestDefinitionChange,
} from './history.ts';
import { documentFloors } from './document-floors.ts';
import { entries, entry } from './entries.ts';
import { fact, setFact } from './facts.ts';
import { lanes, overview, waitingByDestination } from './overview.ts';
import { openRoutes } from './open-routes.ts';
import { pageOfModel } from './pages.ts';
import { releaseClaims } from './release-claims.ts';
import { reviseDestinations } from './revise-destinations.ts';
import { retryEntry, retryLane } from './retry.ts';
import { definitionRows, putRows, putTables, replicationProgress, row } from './rows.ts';
import { definitionTakers, seeServer, tillsSeen } from './takers.ts';
import { seeTill } from './tills.ts';
import { settle } from './settle.ts';
import { statusOf } from './status.ts';
import { findTickets, newestCashup, ticket } from './tickets.ts';
import type { Work } from './work.ts';

/** Operations that write: each in its own savepoint of the writer. */
export const WRITES = {
  accept,
  announce,
  audit,
  changeDefinitions,
  claim,
  putRows,
  putTables,
  releaseClaims,
  retryEntry,
  retryLane,
  reviseDestinations,
  seeServer,
  seeTill,
  setFact,
  settle,
};

/** Operations that read: each in a snapshot of its own. */
export const READS = {
  definitionChange,
  definitionHistory,
  definitionRows,
  definitionTakers,
  documentFloors,
  entries,
  entry,
  eventsAfter,
  fact,
  findTickets,
  lanes,
  newestCashup,
  newestDefinitionChange,
  nextDueMs,
  openRoutes,
  overview,
  pageOfModel,
  replicationProgress,
  row,
  statusOf,
  ticket,
  tillsSeen,
  waitingByDestination,
};

type Operations = typeof WRITES & typeof READS;

/** What an operation is called with, after its {@link Work}. */
export type ArgumentsOf<Name extends keyof Operations> =
  Parameters<Operations[Name]> extends [Work, ...infer Rest] ? Rest : never;

/** What an operation answers. */
export type AnswerOf<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]>>;
