import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchAnswer } from '../../../server/contract/batch.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { Receipt } from '../../../server/contract/message.ts';
import type { SentReply, Verdict } from '../../../server/core/outcome.ts';
import { verdictsOf } from '../../../server/core/outcome.ts';
import type { Reply } from '../../../server/core/reply.ts';

const sent = { messageId: 'A1', digest: 'd'.repeat(64) };
const receipt: Receipt = {
  messageId: 'A1',
  digest: 'd'.repeat(64),
  terminal: 'T1',
  serverKey: 'Main',
  serverEpoch: 1,
  serverSeq: 7,
  outcome: 'applied',
};

const batchOf = (...results: BatchAnswer['response']['results']): Reply<BatchAnswer> => ({
  kind: 'answer',
  status: 200,
  body: { response: { backroom: 1, results } },
});
const itemError = (code: string): Reply<BatchAnswer> =>
  batchOf({ error: { code, message: 'said so' } });
const odd = (status: number, text = '', contentType = 'application/json'): Reply<never> => ({
  kind: 'odd',
  status,
  contentType,
  text,
  retryAfterMs: null,
});
const failure = (code: Extract<Reply<never>, { kind: 'failure' }>['code']): Reply<never> => ({
  kind: 'failure',
  code,
  message: `it was ${code}`,
});
const single = (response: JsonObject, status = 200): Reply<JsonObject> => ({
  kind: 'answer',
  status,
  body: { response },
});
const envelope = JSON.stringify({ response: { status: -1, error: { message: 'not like this' } } });
const ownEnvelope = JSON.stringify({ error: { code: 'malformed', message: 'not like this' } });
const html = '<html><body>Please log in</body></html>';

const inBatch = (reply: Reply<BatchAnswer>): SentReply => ({
  form: 'batch',
  serverKey: 'Main',
  reply,
});
const alone = (reply: Reply<JsonObject>): SentReply => ({
  form: 'single',
  serverKey: 'Main',
  reply,
});

const acknowledged = (outcome: string, reason: string | null = null): object => ({
  result: 'acknowledged',
  outcome,
  reason,
});
const retry = { result: 'retry' };
const rejected = { result: 'rejected' };
const interrupted = { result: 'interrupted' };

const CASES: [string, SentReply, object][] = [
  ['a matching receipt', inBatch(batchOf({ receipt })), acknowledged('applied')],
  [
    'a message that waits there',
    inBatch(batchOf({ receipt: { ...receipt, outcome: 'waiting', reason: 'customer C1' } })),
    acknowledged('waiting', 'customer C1'),
  ],
  [
    'a message parked there',
    inBatch(batchOf({ receipt: { ...receipt, outcome: 'parked', reason: 'stale' } })),
    acknowledged('parked', 'stale'),
  ],
  [
    'a receipt with 201',
    inBatch({ ...batchOf({ receipt }), status: 201 } as Reply<BatchAnswer>),
    acknowledged('applied'),
  ],
  [
    'a receipt with 302',
    inBatch({ ...batchOf({ receipt }), status: 302 } as Reply<BatchAnswer>),
    retry,
  ],
  [
    'a receipt with 500',
    inBatch({ ...batchOf({ receipt }), status: 500 } as Reply<BatchAnswer>),
    retry,
  ],
  ['another id', inBatch(batchOf({ receipt: { ...receipt, messageId: 'A2' } })), retry],
  ['another digest', inBatch(batchOf({ receipt: { ...receipt, digest: 'e'.repeat(64) } })), retry],
  ['another server', inBatch(batchOf({ receipt: { ...receipt, serverKey: 'Other' } })), retry],
  [
    "a store server's receipt",
    inBatch(batchOf({ receipt: { ...receipt, outcome: 'accepted' } })),
    retry,
  ],
  ['no result at all', inBatch(batchOf()), retry],
  ['too many results', inBatch(batchOf({ receipt }, { receipt })), retry],
  ['a passing error', inBatch(itemError('busy')), retry],
  ['an unknown error', inBatch(itemError('somethingNew')), retry],
  ['a refusal: malformed', inBatch(itemError('malformed')), rejected],
  ['a refusal: undefined service', inBatch(itemError('undefinedService')), rejected],
  ['a refusal: too large', inBatch(itemError('tooLarge')), rejected],
  ['401', inBatch(odd(401, envelope)), retry],
  ['403', inBatch(odd(403, envelope)), retry],
  ['404 of the batch path', inBatch(odd(404, envelope)), retry],
  ['429', inBatch(odd(429, envelope)), retry],
  ['413 with our envelope', inBatch(odd(413, ownEnvelope)), rejected],
  ["413 with a proxy's page", inBatch(odd(413, html, 'text/html')), retry],
  ["400 with the protocol's envelope", inBatch(odd(400, envelope)), rejected],
  ['400 with a page', inBatch(odd(400, html, 'text/html')), retry],
  ['400 with nothing', inBatch(odd(400)), retry],
  ['301', inBatch(odd(301, html, 'text/html')), retry],
  ['302', inBatch(odd(302)), retry],
  ['500', inBatch(odd(500, envelope)), retry],
  ['502', inBatch(odd(502, html, 'text/html')), retry],
  ['503', inBatch(odd(503, envelope)), retry],
  ['a log-in page with 200', inBatch(odd(200, html, 'text/html')), retry],
  ['torn JSON with 200', inBatch(odd(200, '{"response":{"backroom":1,"resu')), retry],
  ['a timeout', inBatch(failure('timeout')), retry],
  ['a cut connection', inBatch(failure('cut')), retry],
  ['no connection', inBatch(failure('unreachable')), retry],
  ['an endless answer', inBatch(failure('tooLarge')), retry],
  ['our own shutdown', inBatch(failure('aborted')), interrupted],
  ['single: status 0', alone(single({ status: 0, result: '0' })), acknowledged('applied')],
  ['single: status 0 with 204', alone(single({ status: 0 }, 204)), acknowledged('applied')],
  ['single: status 0 with 500', alone(single({ status: 0 }, 500)), retry],
  ['single: status -1', alone(single({ status: -1, error: { message: 'no' } })), retry],
  ['single: status "0" as text', alone(single({ status: '0' })), retry],
  ['single: no status', alone(single({ data: [] })), retry],
  ['single: no response', alone({ kind: 'answer', status: 200, body: {} }), retry],
  [
    'single: response is a list',
    alone({ kind: 'answer', status: 200, body: { response: [] } }),
    retry,
  ],
  [
    'single: the main goes offline',
    alone(single({ status: 0, serverStatusSignal: 'TOFF' })),
    retry,
  ],
  [
    'single: the main is on',
    alone(single({ status: 0, serverStatusSignal: 'ON' })),
    acknowledged('applied'),
  ],
  ['single: still processing', alone(single({ status: 0, showMessage: 'wait' })), retry],
  [
    'single: a matching receipt',
    alone(single({ status: 0, receipt: { ...receipt } })),
    acknowledged('applied'),
  ],
  [
    'single: a wrong receipt',
    alone(single({ status: 0, receipt: { ...receipt, messageId: 'A2' } })),
    retry,
  ],
  ['single: a broken receipt', alone(single({ status: 0, receipt: { messageId: 'A1' } })), retry],
  ['single: 404 with an envelope', alone(odd(404, envelope)), rejected],
  ['single: 422 with our envelope', alone(odd(422, ownEnvelope)), rejected],
  ['single: 404 with a page', alone(odd(404, html, 'text/html')), retry],
  [
    'single: 400 that says status 0',
    alone(odd(400, '{"response":{"status":0,"error":"?"}}')),
    retry,
  ],
  ['single: 409', alone(odd(409, envelope)), retry],
  ['single: our own shutdown', alone(failure('aborted')), interrupted],
];

describe('what a reply means', () => {
  it.each(CASES)('%s', (_name, reply, expected) => {
    expect(verdictsOf([sent], reply)).toMatchObject([expected]);
  });

  it('keeps the wait that the main asks for', () => {
    const reply = inBatch({ ...odd(503), retryAfterMs: 7000 } as Reply<BatchAnswer>);
    expect(verdictsOf([sent], reply)).toMatchObject([{ result: 'retry', afterMs: 7000 }]);
  });

  it('gives each message of a batch its own verdict', () => {
    const other = { ...sent, messageId: 'B1' };
    const reply = inBatch(
      batchOf(
        { error: { code: 'busy', message: 'later' } },
        { receipt: { ...receipt, messageId: 'B1' } },
      ),
    );
    expect(verdictsOf([sent, other], reply).map(({ result }) => result)).toEqual([
      'retry',
      'acknowledged',
    ]);
  });

  it('does not reject one message for a batch that is refused as a whole', () => {
    const verdicts = verdictsOf([sent, { ...sent, messageId: 'B1' }], inBatch(odd(400, envelope)));
    expect(verdicts.map(({ result }) => result)).toEqual(['retry', 'retry']);
  });

  it('says in words what a strange answer was', () => {
    const [verdict] = verdictsOf([sent], inBatch(odd(200, html, 'text/html')));
    expect(verdict).toMatchObject({ error: expect.stringContaining('Please log in') as string });
  });
});

const isAcknowledged = (verdict: Verdict | undefined): boolean =>
  verdict?.result === 'acknowledged';
const anyReceipt = fc.record({
  messageId: fc.constantFrom('A1', 'A2', ''),
  digest: fc.constantFrom('d'.repeat(64), 'e'.repeat(64)),
  terminal: fc.string(),
  serverKey: fc.constantFrom('Main', 'Other'),
  serverEpoch: fc.nat(),
  serverSeq: fc.nat(),
  outcome: fc.constantFrom('accepted', 'applied', 'waiting', 'parked'),
}) as fc.Arbitrary<Receipt>;

describe('laws', () => {
  it('acknowledges exactly the receipts with its own id, digest and server key', () => {
    fc.assert(
      fc.property(
        anyReceipt,
        fc.integer({ min: 100, max: 599 }),
        fc.boolean(),
        (given, status, asBatch) => {
          const reply = asBatch
            ? inBatch({ ...batchOf({ receipt: given }), status } as Reply<BatchAnswer>)
            : alone(single({ status: 0, receipt: { ...given } }, status));
          const matches =
            given.messageId === sent.messageId &&
            given.digest === sent.digest &&
            given.serverKey === 'Main' &&
            given.outcome !== 'accepted' &&
            status >= 200 &&
            status < 300;
          expect(isAcknowledged(verdictsOf([sent], reply)[0])).toBe(matches);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('acknowledges no answer that is not what was asked for, whatever it says', () => {
    const anyText = fc.oneof(fc.string(), fc.json(), fc.constantFrom(envelope, ownEnvelope, html));
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), anyText, (status, text) => {
        for (const reply of [inBatch(odd(status, text)), alone(odd(status, text))]) {
          expect(isAcknowledged(verdictsOf([sent], reply)[0])).toBe(false);
        }
      }),
    );
  });

  it('answers for each message that was sent, in order', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.array(anyReceipt, { maxLength: 20 }),
        (count, receipts) => {
          const messages = Array.from({ length: count }, () => sent);
          const reply = inBatch(batchOf(...receipts.map((one) => ({ receipt: one }))));
          expect(verdictsOf(messages, reply)).toHaveLength(count);
        },
      ),
    );
  });
});
