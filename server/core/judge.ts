import type { Change, Need } from './change.ts';

/**
 * The rules by which a main server decides what becomes of a message. Pure: storage finds the facts
 * that {@link questionsOf} asks for, {@link judge} decides. A message is taken as a whole: one change
 * that cannot be made keeps all of them from being made.
 */
export type Judgement =
  | { outcome: 'applied' }
  /** A record is missing; the message is judged again when it appears. */
  | { outcome: 'waiting'; missing: readonly Need[]; reason: string }
  /** A person must look. */
  | { outcome: 'parked'; reason: string };

/** A change without the till's own record, which no rule looks into. */
export type JudgedChange = WithoutRecord<Change>;
type WithoutRecord<T> = T extends unknown ? Omit<T, 'record'> : never;

/** Which version of a row is stored, and who wrote it. */
export interface StoredVersion {
  /** Epoch ms; 0 where the row has no version of its own. */
  versionMs: number;
  /** The terminal that wrote it last; null for the office. */
  writer: string | null;
}

/** What must be looked up before a message can be judged. */
export interface Questions {
  needs: Need[];
  records: { model: string; id: string }[];
  tickets: string[];
  cashups: string[];
}

/** The answers. A row that is not stored is absent from its map. */
export interface Facts {
  missing: readonly Need[];
  records: ReadonlyMap<string, StoredVersion>;
  tickets: ReadonlyMap<string, StoredVersion>;
  /** Whether each stored cash-up is processed. */
  cashups: ReadonlyMap<string, boolean>;
  /** Why a record of the message cannot be a row of its model. */
  faults: readonly string[];
}

/** The name of a need, for the index of what is waited for and for {@link Facts.records}. */
export function needKey(need: Need): string {
  return need.kind === 'ticket' ? `ticket/${need.id}` : recordKey(need.model, need.id);
}

/** The name of a row of master data. */
export function recordKey(model: string, id: string): string {
  return `record/${model}/${id}`;
}

/** What the changes bring into being: whoever waits for one of these is judged again. */
export function madeBy(changes: readonly JudgedChange[]): string[] {
  return changes.flatMap((change) => {
    if (change.kind === 'record') return [recordKey(change.model, change.id)];
    return change.kind === 'ticket' ? [needKey({ kind: 'ticket', id: change.id })] : [];
  });
}

/** The facts that judging these changes takes. What the message makes itself is not asked for. */
export function questionsOf(changes: readonly JudgedChange[], needs: readonly Need[]): Questions {
  const own = new Set(madeBy(changes));
  const asked = new Map<string, Need>();
  for (const need of [...needs, ...changes.flatMap(impliedNeeds)]) {
    if (!own.has(needKey(need))) asked.set(needKey(need), need);
  }
  const cashups = changes.flatMap((change) => {
    if (change.kind === 'cashup') return [change.id];
    const named = change.kind === 'ticket' || change.kind === 'cashMovement';
    return named && change.cashupId !== null ? [change.cashupId] : [];
  });
  return {
    needs: [...asked.values()],
    records: changes.flatMap((change) => (change.kind === 'record' ? [change] : [])),
    tickets: changes.flatMap((change) => (change.kind === 'ticket' ? [change.id] : [])),
    cashups: [...new Set(cashups)],
  };
}

/** A cancellation needs its ticket, a cash-up every ticket that it counts. */
function impliedNeeds(change: JudgedChange): Need[] {
  if (change.kind === 'ticketCancel') return [{ kind: 'ticket', id: change.ticketId }];
  if (change.kind !== 'cashup') return [];
  return change.ticketIds.map((id) => ({ kind: 'ticket', id }));
}

/**
 * Decides. What a person must look at comes before what is only missing, so that nobody waits for a
 * record that would not help.
 */
export function judge(terminal: string, changes: readonly JudgedChange[], facts: Facts): Judgement {
  const [fault] = facts.faults;
  if (fault !== undefined) return { outcome: 'parked', reason: fault };
  for (const change of changes) {
    const objection = objectionTo(change, terminal, facts);
    if (objection !== null) return { outcome: 'parked', reason: objection };
  }
  if (facts.missing.length === 0) return { outcome: 'applied' };
  return { outcome: 'waiting', missing: facts.missing, reason: missingText(facts.missing) };
}

/** The judgement on a message that its module could not read. */
export function unreadable(reason: string): Judgement {
  return { outcome: 'parked', reason };
}

function objectionTo(change: JudgedChange, terminal: string, facts: Facts): string | null {
  switch (change.kind) {
    case 'record':
      return isStale(
        change.loadedAt,
        facts.records.get(recordKey(change.model, change.id)),
        terminal,
      )
        ? `${change.model} ${change.id} was changed by somebody else after this till had loaded it`
        : null;
    case 'ticket':
      if (isStale(change.loadedAt, facts.tickets.get(change.id), terminal)) {
        return `ticket ${change.documentNo} was changed by somebody else after this till had loaded it`;
      }
      return intoClosed(`ticket ${change.documentNo}`, change.cashupId, facts);
    case 'ticketCancel':
      return null;
    case 'cashMovement':
      return intoClosed(`cash movement ${change.id}`, change.cashupId, facts);
    case 'cashup':
      if (facts.cashups.get(change.id) !== true) return null;
      return change.processed
        ? `cash-up ${change.id} is processed already, by another message`
        : `cash-up ${change.id} is processed already and cannot be opened again`;
  }
}

/**
 * Whether the till changed a version that is not the stored one. What the till wrote itself it knows.
 * A row that the till calls new (`loadedAt` null) collides only with what another till wrote: the
 * office's rows may have no version that a till could have sent back.
 */
function isStale(
  loadedAt: string | null,
  stored: StoredVersion | undefined,
  terminal: string,
): boolean {
  if (stored === undefined || stored.writer === terminal) return false;
  if (loadedAt === null) return stored.writer !== null;
  return Date.parse(loadedAt) < stored.versionMs;
}

function intoClosed(what: string, cashupId: string | null, facts: Facts): string | null {
  if (cashupId === null || facts.cashups.get(cashupId) !== true) return null;
  return `${what} belongs to cash-up ${cashupId}, which is processed already`;
}

/** Names the first missing records in words. */
function missingText(missing: readonly Need[]): string {
  const named = missing
    .slice(0, 3)
    .map((need) => (need.kind === 'ticket' ? `ticket ${need.id}` : `${need.model} ${need.id}`))
    .join(', ');
  return missing.length > 3
    ? `waits for ${named} and ${missing.length - 3} more`
    : `waits for ${named}`;
}
