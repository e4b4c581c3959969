import type { BackroomEvent } from '../../contract/manage.ts';
import type { Log } from '../../system/ports.ts';
import { DEFINITION_MODELS, definitionsOf } from '../definitions.ts';
import type { AnswerOf, ArgumentsOf, READS, WRITES } from '../operations/index.ts';
import { packMessage } from '../pack.ts';
import type { Storage } from '../port.ts';
import type { Line } from './line.ts';

export interface StorageParts {
  writer: Line;
  reader: Line;
  listeners: Set<(events: readonly BackroomEvent[]) => void>;
  /** Gives the data directory back. */
  release: () => void;
  log: Log;
}

/** The port over the two lines: each method goes to the writer or to the reader by its name. */
export function storageOver({ writer, reader, listeners, release, log }: StorageParts): Storage {
  function write<Name extends keyof typeof WRITES>(name: Name, ...values: ArgumentsOf<Name>) {
    return writer.ask(name, values) as Promise<AnswerOf<Name>>;
  }
  function read<Name extends keyof typeof READS>(name: Name, ...values: ArgumentsOf<Name>) {
    return reader.ask(name, values) as Promise<AnswerOf<Name>>;
  }

  return {
    facts: () => writer.facts,
    accept(message) {
      const packed = packMessage(message);
      const taken = writer.ask('accept', [packed], packed.body.buffer as ArrayBuffer);
      return taken as Promise<AnswerOf<'accept'>>;
    },
    claim: (query) => write('claim', query),
    settle: (settlements) => write('settle', settlements),
    releaseClaims: () => write('releaseClaims'),
    nextDueMs: (destination) => read('nextDueMs', destination),
    openRoutes: () => read('openRoutes'),
    reviseDestinations: (revision) => write('reviseDestinations', revision),
    waitingByDestination: () => read('waitingByDestination'),
    statusOf: (messageIds) => read('statusOf', messageIds),
    retryEntry: (entryNo, actor) => write('retryEntry', entryNo, actor),
    retryLane: (destination, terminal, actor) => write('retryLane', destination, terminal, actor),

    pageOfModel: (query) => read('pageOfModel', query),
    row: (model, scope, id) => read('row', model, scope, id),
    putRows: (put) => write('putRows', put),
    putTables: (puts) => write('putTables', puts),
    replicationProgress: (model, scope) => read('replicationProgress', model, scope),
    async definitions() {
      return definitionsOf(await read('definitionRows', DEFINITION_MODELS), log);
    },

    changeDefinitions: (put) => write('changeDefinitions', put),
    definitionHistory: (query) => read('definitionHistory', query),
    definitionChange: (changeNo) => read('definitionChange', changeNo),
    newestDefinitionChange: () => read('newestDefinitionChange'),
    seeServer: (report) => write('seeServer', report),
    definitionTakers: () => read('definitionTakers'),
    tillsSeen: (sinceMs) => read('tillsSeen', sinceMs),

    findTickets: (query) => read('findTickets', query),
    ticket: (id) => read('ticket', id),
    newestCashup: (terminal) => read('newestCashup', terminal),
    documentFloors: (prefixes) => read('documentFloors', prefixes),

    overview: (query) => read('overview', query),
    lanes: () => read('lanes'),
    entries: (query) => read('entries', query),
    entry: (entryNo) => read('entry', entryNo),
    seeTill: (till) => write('seeTill', till),
    announce: (event) => write('announce', event),
    eventsAfter: (seq, limit) => read('eventsAfter', seq, limit),
    onEvents(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    audit: (line) => write('audit', line),
    fact: (name) => read('fact', name),
    setFact: (name, value) => write('setFact', name, value),
    async close() {
      await Promise.all([writer.close(), reader.close()]);
      release();
    },
  };
}
