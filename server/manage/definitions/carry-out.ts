import type {
  ChangesAnswer,
  DefinitionFinding,
  RefusedChanges,
} from '../../contract/definitions-api.ts';
import type { Definitions } from '../../contract/definitions.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Changed } from '../../core/definitions/change.ts';
import { differenceOf, sameRow } from '../../core/definitions/difference.ts';
import { editionOf } from '../../core/definitions/edition.ts';
import { PREFERENCES } from '../../core/definitions/preference-catalogue.ts';
import type { RowChange } from '../../core/definitions/rows.ts';
import { RUNNING_MS } from '../../core/definitions/rules/running.ts';
import { isRefused, judgeChange } from '../../core/definitions/validate.ts';
import { toModelRow } from '../../core/model.ts';
import type { ModelDeclaration, ModelRow } from '../../core/model.ts';
import type { UserCaller } from '../../security/ports.ts';
import { ManageFault } from '../fault.ts';
import type { Desk } from './parts.ts';
import { ownerAt, readOnlyReason, servicesOf } from './reading.ts';
import { foresee } from './topology.ts';

/** How often a change is judged anew because somebody else's came first. */
const ATTEMPTS = 5;

/** How a person wants a change to be made. */
export interface Manner {
  reason?: string | undefined;
  force: boolean;
  dryRun: boolean;
}

export interface Wish extends Manner {
  caller: UserCaller;
  /** Makes the change on the definitions as they are; called again where they have changed meanwhile. */
  make: (before: Definitions) => Changed;
  knownChangeNo?: number | undefined;
  undoes?: number;
  /** A preview also says what the checker would find. */
  prove?: boolean;
}

export type CarriedOut =
  { status: 200; body: ChangesAnswer } | { status: 422; body: RefusedChanges };

/**
 * Judges a change against the whole and, unless it is a preview or refused, makes it: all of it or
 * nothing. Throws a {@link ManageFault} where this user or this server may not change definitions.
 */
export async function carryOut(desk: Desk, wish: Wish): Promise<CarriedOut> {
  requireChangeable(desk, wish.caller);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = await desk.storage.definitions();
    const judged = await judge(desk, before, wish);
    const { changed, answer } = judged;
    const rows = changed.rows.filter((row) => !sameRow(row.before, row.after));
    if (wish.dryRun) {
      const proof = wish.prove === true && { proof: foresee(desk, before, changed.after) };
      return { status: 200, body: { ...answer, ...proof } };
    }
    if (isRefused(answer.findings, wish.force)) return { status: 422, body: refused(answer) };
    requireReason(wish, rows);
    if (rows.length === 0) return { status: 200, body: answer };
    const changeNo = await put(desk, wish, { before, rows, answer });
    if (changeNo === 'stale') continue;
    await desk.refresh();
    return { status: 200, body: { ...answer, changeNo } };
  }
  throw new ManageFault(
    409,
    'busy',
    'Others are changing the definitions at this moment; nothing was changed. Try again.',
  );
}

/** Throws where definitions cannot be changed here, or not by this user. */
export function requireChangeable(desk: Desk, caller: UserCaller): void {
  const reason = readOnlyReason(desk, caller);
  if (reason === null) return;
  throw new ManageFault(reason.code === 'notOwner' ? 409 : 403, reason.code, reason.message);
}

async function judge(
  desk: Desk,
  before: Definitions,
  wish: Wish,
): Promise<{ changed: Changed; answer: ChangesAnswer }> {
  const changed = wish.make(before);
  const sinceMs = desk.system.clock.nowMs() - RUNNING_MS;
  const judging = {
    services: servicesOf(desk),
    running: await desk.storage.tillsSeen(sinceMs),
    ownerKey: ownerAt(desk).key,
  };
  const findings = [
    ...changed.findings,
    ...judgeChange(before, changed.after, changed.rows, judging),
  ];
  const difference = differenceOf(changed.rows);
  const edition = editionOf(changed.after);
  return { changed, answer: { changeNo: null, edition, difference, findings } };
}

function refused({ difference, findings }: ChangesAnswer): RefusedChanges {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const message = `Nothing was changed. ${first?.message ?? ''}${more}`;
  return { error: { code: 'refused', message }, difference, findings };
}

/** What overrides a finding, or moves the ownership, is explained to those who read the history. */
function requireReason({ force, reason }: Manner, rows: readonly RowChange[]): void {
  if (reason !== undefined && reason !== '') return;
  const moves = rows.some(({ after }) => 'value' in after && after.key === PREFERENCES.owner);
  if (!force && !moves) return;
  throw new ManageFault(400, 'reasonNeeded', 'Say why: this change needs a reason ("reason").');
}

async function put(
  desk: Desk,
  wish: Wish,
  change: { before: Definitions; rows: readonly RowChange[]; answer: ChangesAnswer },
): Promise<number | 'stale'> {
  const result = await desk.storage.changeDefinitions({
    version: change.before.version,
    knownChangeNo: wish.knownChangeNo ?? Number.MAX_SAFE_INTEGER,
    rows: change.rows.map(({ model, id, before, after }) => ({
      ...{ model, id, before, after },
      row: stored(desk.models, model, after as unknown as JsonObject),
    })),
    actor: `user:${wish.caller.userId}`,
    reason: wish.reason === '' ? null : (wish.reason ?? null),
    forced: forcedCodes(change.answer.findings),
    edition: change.answer.edition,
    undoes: wish.undoes ?? null,
  });
  switch (result.result) {
    case 'changed':
      return result.changeNo;
    case 'stale':
      return 'stale';
    case 'changedMeanwhile':
      throw new ManageFault(
        409,
        'changedMeanwhile',
        `Somebody has changed "${result.id}" meanwhile (change ${result.changeNo}); nothing was changed. Load it again and look.`,
      );
  }
}

function forcedCodes(findings: readonly DefinitionFinding[]): string[] {
  const forced = findings.filter(({ severity }) => severity === 'error');
  return [...new Set(forced.map(({ code }) => code))];
}

function stored(models: readonly ModelDeclaration[], name: string, values: JsonObject): ModelRow {
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) throw new Error(`no module declares the model ${name}`);
  const row = toModelRow(model, values);
  if ('reason' in row)
    throw new Error(`a definition passed its schema but not its model: ${row.reason}`);
  return row;
}
