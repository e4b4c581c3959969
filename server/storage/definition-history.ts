import type { HistoryModel } from '../contract/definitions-api.ts';
import type { DefinitionRow } from '../core/definitions/rows.ts';
import type { ModelRow } from '../core/model.ts';

/** A row of the definitions before and after a change. */
export interface StoredRowChange {
  model: HistoryModel;
  id: string;
  /** Null where the row was new. */
  before: DefinitionRow | null;
  after: DefinitionRow;
}

export interface DefinitionsPut {
  /** The version of the definitions that the change was judged against; nothing is put over another. */
  version: number;
  /** Rows with a change above this number are refused. */
  knownChangeNo: number;
  rows: (StoredRowChange & { row: ModelRow })[];
  /** `user:<id>`. */
  actor: string;
  reason: string | null;
  /** Codes of the findings that a person overrode. */
  forced: readonly string[];
  /** The edition that the definitions have afterwards. */
  edition: string;
  /** The change that this one undoes. */
  undoes: number | null;
}

export type DefinitionsPutResult =
  | { result: 'changed'; changeNo: number; version: number }
  /** The definitions are of another version by now: judge the change again. */
  | { result: 'stale' }
  | { result: 'changedMeanwhile'; model: HistoryModel; id: string; changeNo: number };

export interface HistoryQuery {
  model?: HistoryModel;
  /** Together with `model`. */
  id?: string;
  /** Changes with a smaller number. */
  before?: number;
  limit: number;
}

export interface StoredChange extends Pick<DefinitionsPut, 'actor' | 'reason' | 'edition'> {
  changeNo: number;
  atMs: number;
  forced: string[];
  undoes: number | null;
  /** The newest change that undoes it. */
  undoneBy: number | null;
  rows: StoredRowChange[];
}

/** Which edition somebody has, as he last said. */
export interface Taker {
  kind: 'till' | 'server';
  /** A terminal's id, or a server's key. */
  id: string;
  edition: string | null;
  reportedMs: number;
  /** The newest change after which the definitions were that edition; null where none was. */
  changeNo: number | null;
}

/** What another server says of itself and of the tills that it has seen lately. */
export interface ServerReport {
  serverKey: string;
  edition: string | null;
  tills: readonly { terminal: string; edition: string | null; seenMs: number }[];
}

/** The part of the storage port that is about changing definitions and who has taken them up. */
export interface DefinitionStorage {
  /**
   * Puts rows of the definitions and the change into the history, in one transaction: all of it or,
   * where the definitions are not those that the change was judged against, nothing.
   */
  changeDefinitions(put: DefinitionsPut): Promise<DefinitionsPutResult>;

  /** Changes with their rows, newest first. */
  definitionHistory(query: HistoryQuery): Promise<StoredChange[]>;
  definitionChange(changeNo: number): Promise<StoredChange | undefined>;
  /** 0 and null before the first change. */
  newestDefinitionChange(): Promise<{ changeNo: number; atMs: number | null }>;

  /**
   * Another server said that it is there: its edition, and which tills it has seen with which edition.
   * Tells screens of those that have another one than before.
   */
  seeServer(report: ServerReport): Promise<void>;
  /** Everybody who has said which edition he has. */
  definitionTakers(): Promise<Taker[]>;
  /** The tills that were seen at or after a time, here or at a server that reports here. */
  tillsSeen(
    sinceMs: number,
  ): Promise<{ terminal: string; lastSeenMs: number; edition: string | null }[]>;
}
