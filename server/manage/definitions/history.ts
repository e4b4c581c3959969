import type { HistoryEntry, HistoryPage, Uptake } from '../../contract/definitions-api.ts';
import type { Definitions } from '../../contract/definitions.ts';
import { differenceOf } from '../../core/definitions/difference.ts';
import { editionOf } from '../../core/definitions/edition.ts';
import { undoChange } from '../../core/definitions/undo.ts';
import type { UserCaller } from '../../security/ports.ts';
import type { HistoryQuery, StoredChange, Taker } from '../../storage/port.ts';
import { ManageFault } from '../fault.ts';
import type { CarriedOut, Manner } from './carry-out.ts';
import { carryOut, requireChangeable } from './carry-out.ts';
import type { Desk } from './parts.ts';
import { uptakeOf } from './status.ts';

/** A page of the history, newest first. */
export async function history(desk: Desk, query: HistoryQuery): Promise<HistoryPage> {
  const found = await desk.storage.definitionHistory({ ...query, limit: query.limit + 1 });
  const page = found.slice(0, query.limit);
  const definitions = desk.definitions.current();
  return {
    changes: page.map((change) => entryOf(change, definitions)),
    nextBefore: found.length > page.length ? (page.at(-1)?.changeNo ?? null) : null,
  };
}

function entryOf(change: StoredChange, { users }: Definitions): HistoryEntry {
  const { changeNo, atMs, actor, reason, forced, edition, undoes, undoneBy, rows } = change;
  const id = actor.replace(/^user:/, '');
  const name = users.find((user) => user.id === id)?.name ?? id;
  return {
    changeNo,
    at: new Date(atMs).toISOString(),
    actor: { id, name },
    ...{ reason, forced, edition, undoes, undoneBy },
    rows: differenceOf(rows.map((row) => ({ ...row, change: null }))),
  };
}

/** Takes a change back, by a new change that is judged like any other. */
export async function undo(
  desk: Desk,
  caller: UserCaller,
  changeNo: number,
  manner: Manner,
): Promise<CarriedOut> {
  requireChangeable(desk, caller);
  const change = await desk.storage.definitionChange(changeNo);
  if (change === undefined) {
    throw new ManageFault(404, 'unknownChange', `There is no change ${changeNo} at this server.`);
  }
  return carryOut(desk, {
    ...manner,
    caller,
    make: (before) => undoChange(before, change.rows),
    undoes: changeNo,
  });
}

/** Which server and which till has the definitions as they are now. */
export async function uptake(desk: Desk): Promise<Uptake> {
  const definitions = desk.definitions.current();
  const edition = editionOf(definitions);
  const takers = await desk.storage.definitionTakers();
  const { changeNo, atMs } = await desk.storage.newestDefinitionChange();
  const said = (kind: Taker['kind'], id: string) => {
    const taker = takers.find((one) => one.kind === kind && one.id === id);
    return {
      state: uptakeOf(taker, edition),
      edition: taker?.edition ?? null,
      changeNo: taker?.edition === edition ? changeNo : (taker?.changeNo ?? null),
      reportedAt: taker === undefined ? null : new Date(taker.reportedMs).toISOString(),
    };
  };
  const own = {
    ...{ state: 'current' as const, edition, changeNo },
    reportedAt: new Date(desk.system.clock.nowMs()).toISOString(),
  };
  return {
    edition,
    changeNo,
    changedAt: atMs === null ? null : new Date(atMs).toISOString(),
    servers: definitions.servers
      .filter(({ active }) => active)
      .map(({ key, name }) => ({
        ...{ id: key, name },
        ...(key === desk.self.key ? own : said('server', key)),
      })),
    tills: definitions.terminals
      .filter(({ active }) => active)
      .map(({ id, name, searchKey, organization }) => ({
        ...{ id, name, searchKey, organization },
        ...said('till', id),
      })),
  };
}
