import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import {
  judge,
  questionsOf,
  recordKey,
  unreadable,
  type Facts,
  type JudgedChange,
} from '../../../server/core/judge.ts';

const NOTHING: Facts = {
  missing: [],
  records: new Map(),
  tickets: new Map(),
  cashups: new Map(),
  faults: [],
};
const SEEN = '2026-01-01T10:00:00.000Z';
const seenMs = Date.parse(SEEN);

function ticket(parts: Partial<Extract<JudgedChange, { kind: 'ticket' }>> = {}): JudgedChange {
  return {
    kind: 'ticket',
    id: 't1',
    documentNo: 'T1/1',
    documentKind: 'sale',
    organization: 'o',
    businessPartner: null,
    orderedAt: SEEN,
    grossMinor: 1,
    netMinor: 1,
    cashupId: null,
    loadedAt: null,
    ...parts,
  };
}
function customer(loadedAt: string | null): JudgedChange {
  return { kind: 'record', model: 'BusinessPartner', id: 'c1', values: {}, loadedAt };
}
const cashup = (processed: boolean, ticketIds: string[] = []): JudgedChange => ({
  kind: 'cashup',
  id: 'z1',
  processed,
  ticketIds,
});
const storedCustomer = (versionMs: number, writer: string | null): Facts => ({
  ...NOTHING,
  records: new Map([[recordKey('BusinessPartner', 'c1'), { versionMs, writer }]]),
});

describe('stale changes', () => {
  test.each([
    ['a new row', null, NOTHING, 'applied'],
    ['the version that is stored', SEEN, storedCustomer(seenMs, 'T2'), 'applied'],
    ['an older version of another till', SEEN, storedCustomer(seenMs + 1, 'T2'), 'parked'],
    ['an older version of the office', SEEN, storedCustomer(seenMs + 1, null), 'parked'],
    ['what the till wrote itself', SEEN, storedCustomer(seenMs + 1, 'T1'), 'applied'],
    ['new, but another till made it', null, storedCustomer(0, 'T2'), 'parked'],
    ['new, on a row of the office', null, storedCustomer(0, null), 'applied'],
  ])('%s', (_, loadedAt, facts, outcome) => {
    expect(judge('T1', [customer(loadedAt)], facts).outcome).toBe(outcome);
  });

  test('a ticket is judged by the same rule', () => {
    const facts = { ...NOTHING, tickets: new Map([['t1', { versionMs: seenMs, writer: 'T2' }]]) };
    expect(judge('T1', [ticket()], facts)).toMatchObject({ outcome: 'parked' });
    expect(judge('T1', [ticket({ loadedAt: SEEN })], facts).outcome).toBe('applied');
    expect(judge('T2', [ticket()], facts).outcome).toBe('applied');
  });
});

describe('cash-ups', () => {
  const processed = { ...NOTHING, cashups: new Map([['z1', true]]) };
  const open = { ...NOTHING, cashups: new Map([['z1', false]]) };
  const movement: JudgedChange = {
    kind: 'cashMovement',
    id: 'm1',
    cashupId: 'z1',
    movement: 'drop',
    amountMinor: 5,
  };

  test.each([
    ['a ticket into a processed one', ticket({ cashupId: 'z1' }), processed, 'parked'],
    ['a ticket into an open one', ticket({ cashupId: 'z1' }), open, 'applied'],
    ['a movement into a processed one', movement, processed, 'parked'],
    ['opening a processed one', cashup(false), processed, 'parked'],
    ['processing it again', cashup(true), processed, 'parked'],
    ['processing an open one', cashup(true), open, 'applied'],
  ])('%s', (_, change, facts, outcome) => {
    expect(judge('T1', [change], facts).outcome).toBe(outcome);
  });
});

describe('what is missing', () => {
  test('each need is asked for once, those that the message makes itself are not', () => {
    const changes = [
      ticket(),
      customer(null),
      cashup(true, ['t1', 't2']),
      { kind: 'ticketCancel' as const, ticketId: 't3' },
    ];
    const needs = [
      { kind: 'record' as const, model: 'BusinessPartner', id: 'c1' },
      { kind: 'ticket' as const, id: 't2' },
    ];
    expect(questionsOf(changes, needs).needs).toEqual([
      { kind: 'ticket', id: 't2' },
      { kind: 'ticket', id: 't3' },
    ]);
  });

  test('the reason names the first three', () => {
    const missing = ['1', '2', '3', '4', '5'].map((id) => ({ kind: 'ticket' as const, id }));
    expect(judge('T1', [cashup(true)], { ...NOTHING, missing })).toEqual({
      outcome: 'waiting',
      missing,
      reason: 'waits for ticket 1, ticket 2, ticket 3 and 2 more',
    });
  });

  test('what a person must see does not wait', () => {
    const missing = [{ kind: 'ticket' as const, id: '1' }];
    expect(judge('T1', [], { ...NOTHING, missing, faults: ['no name'] })).toEqual({
      outcome: 'parked',
      reason: 'no name',
    });
    expect(unreadable('torn')).toEqual({ outcome: 'parked', reason: 'torn' });
  });
});

test('law: a message is applied only with nothing missing and nothing processed or stale in its way', () => {
  const version = fc.record({
    versionMs: fc.integer({ min: seenMs - 2, max: seenMs + 2 }),
    writer: fc.constantFrom('T1', 'T2', null),
  });
  const world = fc.record({
    stored: fc.option(version, { nil: undefined }),
    closed: fc.boolean(),
    missing: fc.boolean(),
    loadedAt: fc.constantFrom(SEEN, null),
  });
  fc.assert(
    fc.property(world, ({ stored, closed, missing, loadedAt }) => {
      const facts: Facts = {
        ...NOTHING,
        tickets: new Map(stored ? [['t1', stored]] : []),
        cashups: new Map([['z1', closed]]),
        missing: missing ? [{ kind: 'ticket', id: 'x' }] : [],
      };
      const { outcome } = judge('T1', [ticket({ loadedAt, cashupId: 'z1' })], facts);
      const overwritesOthers =
        stored?.writer === 'T2' && (loadedAt === null || seenMs < stored.versionMs);
      if (outcome === 'applied') {
        expect(closed || missing || overwritesOthers).toBe(false);
      }
      if (closed || overwritesOthers) expect(outcome).toBe('parked');
    }),
  );
});
