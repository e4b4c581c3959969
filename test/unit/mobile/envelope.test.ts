import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/contract/json.ts';
import { readEnvelope, readRecords, terminalOf } from '../../../server/mobile/message.ts';
import { definitionsOf } from '../../support/definitions.ts';
import { till } from '../../support/mobile/shop.ts';

const envelopeOf = (body: JsonObject) => {
  const envelope = readEnvelope(body);
  if ('refused' in envelope) throw new Error(envelope.refused);
  return envelope;
};

describe('the outside of a message', () => {
  it.each<[JsonObject, string]>([
    [{ messageId: 'M', data: [{ id: 'R' }] }, 'M'],
    [{ data: [{ id: 'R' }, { id: 'S' }] }, 'R'],
    [{ messageId: '', data: [{ id: 7 }] }, '7'],
    [{ messageId: 12, data: [] }, '12'],
  ])('of %j has an id', (body, messageId) => {
    expect(envelopeOf(body)).toMatchObject({ messageId });
  });

  it('carries the number that our own tills give it', () => {
    const body = { messageId: 'M', data: [], tillSeq: 3, prevDigest: 'abc' };
    expect(envelopeOf(body)).toMatchObject({ tillSeq: 3, prevDigest: 'abc', fault: null });
  });

  it('is refused for nothing but the lack of an id', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const envelope = readEnvelope({ ...body, messageId: 'M1' });
        expect(envelope).toMatchObject({ messageId: 'M1' });
      }),
    );
  });
});

describe('the till of a message', () => {
  const definitions = definitionsOf({ terminals: [till] });

  it.each<[string, JsonObject]>([
    ['pos', { pos: till.id }],
    ['search key', { terminalName: till.searchKey }],
    ['record', { data: [{ posTerminal: till.id }] }],
    ['session', {}],
  ])('is known by its %s', (_by, body) => {
    expect(terminalOf(body, definitions, till.id)).toEqual({ id: till.id, terminal: till });
  });

  it('keeps the name that it gives itself where nobody defined it', () => {
    const named = terminalOf({ pos: 'x'.repeat(100) }, definitions, till.id);
    expect(named).toEqual({ id: 'x'.repeat(64), terminal: undefined });
  });
});

describe('reading the records of a message', () => {
  const reading = { makes: ['A'], orderedAfter: ['A', 'B'], needs: [], changes: [] };

  it('joins what its records do', () => {
    const envelope = envelopeOf({ messageId: 'M', data: [{ id: '1' }, { id: '2' }] });
    const need = { kind: 'ticket', id: 'T' } as const;
    const joined = readRecords(
      envelope,
      ({ id }) => ({
        ok: true,
        understanding: { ...reading, makes: [id as string], needs: [need] },
      }),
      till,
    );
    expect(joined).toEqual({
      ok: true,
      understanding: { changes: [], needs: [need], makes: ['1', '2'], orderedAfter: ['A', 'B'] },
    });
  });

  it('says which record is not understood', () => {
    const envelope = envelopeOf({ messageId: 'M', data: [{ id: '1' }, { id: '2' }] });
    const result = readRecords(
      envelope,
      ({ id }) => (id === '2' ? { ok: false, reason: 'no' } : { ok: true, understanding: reading }),
      till,
    );
    expect(result).toEqual({ ok: false, reason: 'record 2: no' });
  });

  it('keeps a message without a reader', () => {
    const envelope = envelopeOf({ messageId: 'M', data: [{}] });
    expect(readRecords(envelope, undefined, till)).toEqual({
      ok: false,
      reason: 'no module of this server reads this service',
    });
  });
});
