import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchMessage } from '../../../server/contract/batch.ts';
import { decodeBatch, encodeBatch } from '../../../server/contract/batch.ts';

const messages = fc.array(
  fc.record({
    service: fc.string({ minLength: 1, maxLength: 200 }),
    messageId: fc.string({ minLength: 1, maxLength: 64 }),
    digest: fc.string({ minLength: 64, maxLength: 64 }),
    terminal: fc.string({ maxLength: 64 }),
    body: fc.uint8Array({ maxLength: 500 }),
  }),
  { minLength: 1, maxLength: 100 },
);

const plain = (list: readonly BatchMessage[]) =>
  list.map((item) => ({ ...item, body: [...item.body] }));

describe('batch', () => {
  it('arrives as it was sent, bytes unchanged', () => {
    fc.assert(
      fc.property(messages, (sent) => {
        const arrived = decodeBatch(encodeBatch(sent));
        expect(Array.isArray(arrived) && plain(arrived)).toEqual(plain(sent));
      }),
    );
  });

  it('that is cut anywhere inside a message is an error', () => {
    fc.assert(
      fc.property(messages, fc.nat(), (sent, at) => {
        const whole = encodeBatch(sent);
        const lastMessage = encodeBatch(sent.slice(-1)).length;
        const cut = whole.length - 1 - (at % (lastMessage - 1));
        expect(decodeBatch(whole.subarray(0, cut))).toHaveProperty('error');
      }),
    );
  });

  it('with more messages than the limit is an error', () => {
    const one = {
      service: 's',
      messageId: 'm',
      digest: 'd'.repeat(64),
      terminal: 't',
      body: new Uint8Array(),
    };
    expect(decodeBatch(encodeBatch(Array<BatchMessage>(101).fill(one)))).toEqual({
      error: 'more than 100 messages in one batch',
    });
  });
});
