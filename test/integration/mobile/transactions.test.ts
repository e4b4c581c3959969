import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  BATCH_CONTENT_TYPE,
  batchAnswerSchema,
  encodeBatch,
} from '../../../server/contract/batch.ts';
import { receiptSchema } from '../../../server/contract/message.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { StorageError } from '../../../server/storage/port.ts';
import type { Storage } from '../../../server/storage/port.ts';
import type { TestServer } from './mobile-server.ts';
import { CASHIER, POS, saleMessage, serverRow, startMobileServer, TILL } from './mobile-server.ts';

const ORDER = `${POS}.OrderLoader`;

/** What the forwarder would send to the main. */
const due = (storage: Storage) =>
  storage.claim({
    destination: 'Main',
    nowMs: Number.MAX_SAFE_INTEGER,
    limit: 100,
    byteLimit: 1e8,
  });

const digestOf = (body: string | Uint8Array): string =>
  createHash('sha256').update(body).digest('hex');

describe('a transaction at a store server', () => {
  it('is answered with a receipt, after which it waits for the main as it came', async () => {
    await using server = await startMobileServer();
    const text = `  ${JSON.stringify(saleMessage('M1', { message: { tillSeq: 1, prevDigest: '' } }))} `;
    const { status, response } = await server.post(ORDER, text);
    expect(status).toBe(200);
    expect(response).toMatchObject({
      status: 0,
      result: '0',
      backroom: 1,
      contextInfo: { userId: CASHIER, roleId: 'cashier', orgId: 'CORNER', clientId: 'CLIENT' },
      receipt: { messageId: 'M1', digest: digestOf(text), terminal: TILL.id, outcome: 'accepted' },
    });
    expect(receiptSchema.parse(response['receipt']).serverKey).toBe('Corner');
    const [delivery] = await due(server.storage);
    expect(delivery).toMatchObject({ messageId: 'M1', service: ORDER, terminal: TILL.id });
    expect(Buffer.from(delivery!.body).toString()).toBe(text);
    expect(server.woken()).toBe(1);
    expect(await server.storage.ticket('T-M1')).toMatchObject({
      head: { documentNo: 'C1/M1', grossMinor: 1210, netMinor: 1000 },
    });
  });

  it('goes to every main that offers the service', async () => {
    const servers = [
      serverRow('Main'),
      serverRow('Second', { priority: 2 }),
      serverRow('Elsewhere', { allServices: false, services: ['org.example'] }),
    ];
    await using server = await startMobileServer({ definitions: { servers } });
    await server.post(ORDER, saleMessage('M1'));
    const { waitingByDestination } = await server.storage.overview({ dayStartMs: 0, dayEndMs: 1 });
    expect(waitingByDestination).toEqual({ Main: 1, Second: 1 });
  });

  it('gets the same receipt for the same message, whatever carries it', async () => {
    await using server = await startMobileServer();
    const first = await server.post(ORDER, saleMessage('M1'));
    const again = await server.post(ORDER, saleMessage('M1', { message: { timeout: 5000 } }));
    expect(again.status).toBe(200);
    expect(again.response['receipt']).toEqual(first.response['receipt']);
    expect(await due(server.storage)).toHaveLength(1);
  });

  it('takes the id of the first record where there is no messageId', async () => {
    await using server = await startMobileServer();
    const message = saleMessage('M1');
    delete message['messageId'];
    const { status, response } = await server.post(ORDER, message);
    expect(status).toBe(200);
    expect(response['receipt']).toMatchObject({ messageId: 'T-M1' });
  });

  it('keeps no card number, in the answer, in storage or towards the main', async () => {
    await using server = await startMobileServer();
    const payments = [{ kind: 'CARD', paymentData: { pan: '4111 1111 1111 1111', cvv: '123' } }];
    const message = saleMessage('M1', { ticket: { payments, description: '4111111111111111' } });
    const { response } = await server.post(ORDER, message);
    const [delivery] = await due(server.storage);
    const stored = Buffer.from(delivery!.body).toString();
    expect(stored).not.toMatch(/4111 ?1111 ?1111/);
    expect(JSON.parse(stored)).toMatchObject({
      data: [
        {
          id: 'T-M1',
          payments: [{ paymentData: { pan: '4111 11** **** 1111', cvv: '***' } }],
          description: '411111******1111',
        },
      ],
    });
    expect(response['receipt']).toMatchObject({ digest: digestOf(stored), masked: true });
    const repeated = await server.post(ORDER, message);
    expect(repeated.response['receipt']).toEqual(response['receipt']);
  });

  it('of a service that is defined and not read here is kept as it is', async () => {
    const service = 'com.example.LoyaltyLoader';
    const servers = [serverRow('Main', { services: [service] })];
    await using server = await startMobileServer({ definitions: { servers } });
    const text = JSON.stringify({ messageId: 'L1', data: [{ points: 3 }] });
    expect((await server.post(service, text)).status).toBe(200);
    const [delivery] = await due(server.storage);
    expect(delivery).toMatchObject({ service });
    expect(Buffer.from(delivery!.body).toString()).toBe(text);
  });

  it('of a terminal that nobody defined is kept under the name it gives itself', async () => {
    await using server = await startMobileServer();
    const message = saleMessage('M1', { message: { pos: 'NEW-TILL' } });
    const { status, response } = await server.post(ORDER, message, {
      token: await server.session({ terminal: null }),
    });
    expect(status).toBe(200);
    expect(response['receipt']).toMatchObject({ terminal: 'NEW-TILL' });
    expect(await due(server.storage)).toHaveLength(1);
  });

  it.each([
    ['busy', 'too much to do'],
    ['full', 'disk of this server is full'],
    ['broken', 'cannot write to its disk'],
  ] as const)(
    'is answered 503 where storage is %s, so that the till keeps it',
    async (code, words) => {
      await using server = await startMobileServer({
        storage: () => ({ accept: () => Promise.reject(new StorageError(code, 'no')) }),
      });
      const { status, headers, response } = await server.post(ORDER, saleMessage('M1'));
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(response.error?.message).toContain(words);
    },
  );
});

describe('a transaction at a main server', () => {
  it('is applied, and says so', async () => {
    await using server = await startMobileServer({ role: 'main' });
    const { response } = await server.post(ORDER, saleMessage('M1'));
    expect(response['receipt']).toMatchObject({ outcome: 'applied' });
    expect(server.woken()).toBe(1);
  });

  it('waits for a customer that it has not seen, and is applied when that one arrives', async () => {
    await using server = await startMobileServer({ role: 'main' });
    const sale = await server.post(ORDER, saleMessage('M1', { ticket: { bp: { id: 'C-9' } } }));
    expect(sale.response['receipt']).toMatchObject({ outcome: 'waiting' });
    const customer = { id: 'C-9', name: 'Berta', searchKey: 'B', locId: 'L-9', locName: 'Hill 1' };
    const arrived = await server.post(`${POS}.CustomerLoader`, {
      messageId: 'M2',
      data: [customer],
      pos: TILL.id,
    });
    expect(arrived.response['receipt']).toMatchObject({ outcome: 'applied' });
    expect(await server.storage.ticket('T-M1')).toMatchObject({ head: { grossMinor: 1210 } });
    expect(await server.storage.row('BPLocation', '', 'L-9')).toMatchObject({
      bpartner: 'C-9',
      name: 'Hill 1',
      isBillTo: true,
    });
  });

  it('that is not understood is stored, answered 200 and parked', async () => {
    await using server = await startMobileServer({ role: 'main' });
    const message = saleMessage('M1', { ticket: { gross: 'twelve' } });
    const { status, response } = await server.post(ORDER, message);
    expect(status).toBe(200);
    expect(response['receipt']).toMatchObject({
      outcome: 'parked',
      reason: 'ticket C1/M1: "gross" is no amount that can be kept: twelve',
    });
  });

  it.each<[string, JsonObject]>([
    ['has records that are no list', { messageId: 'M1', data: 'none' }],
    ['has records that are no objects', { messageId: 'M1', data: [7] }],
    [
      'has too many records',
      { messageId: 'M1', data: Array.from({ length: 101 }, (_, index) => ({ id: `${index}` })) },
    ],
  ])('that %s, but has an id, is parked and not refused', async (_what, message) => {
    await using server = await startMobileServer({ role: 'main' });
    const { status, response } = await server.post(ORDER, message);
    expect(status).toBe(200);
    expect(response['receipt']).toMatchObject({ messageId: 'M1', outcome: 'parked' });
  });

  it('with a known id and other content is kept beside the first and parked', async () => {
    await using server = await startMobileServer({ role: 'main' });
    const first = await server.post(ORDER, saleMessage('M1'));
    const other = await server.post(ORDER, saleMessage('M1', { ticket: { gross: 99, net: 90 } }));
    expect(other.status).toBe(200);
    expect(other.response['receipt']).toMatchObject({ messageId: 'M1', outcome: 'parked' });
    const { rows } = await server.storage.entries({ limit: 10 });
    expect(rows).toHaveLength(2);
    const again = await server.post(ORDER, saleMessage('M1'));
    expect(again.response['receipt']).toEqual(first.response['receipt']);
    expect(await server.storage.ticket('T-M1')).toMatchObject({ head: { grossMinor: 1210 } });
  });
});

describe('bare jsonrest', () => {
  it('answers each request of a list in its order', async () => {
    await using server = await startMobileServer({ role: 'main' });
    const list = [
      { className: ORDER, ...saleMessage('M1') },
      { className: 'org.openbravo.mobile.core.login.ContextInformation' },
      { className: `${POS}.master.Product`, pos: TILL.id, _limit: 10 },
    ];
    const { status, response } = await server.post('', JSON.stringify(list));
    expect(status).toBe(200);
    expect(response['responses']).toMatchObject([
      { status: 0, result: '0', receipt: { messageId: 'M1' } },
      { status: 0, data: [{ userId: CASHIER }] },
      { status: 0, data: [], totalRows: 0 },
    ]);
  });

  it('has the worst status, so that nothing of it counts as taken', async () => {
    await using server = await startMobileServer();
    const list = [
      { className: ORDER, ...saleMessage('M1') },
      { className: ORDER, data: [] },
    ];
    const { status, response } = await server.post('', JSON.stringify(list));
    expect(status).toBe(400);
    expect(response['responses']).toMatchObject([{ status: 0 }, { status: -1 }]);
  });
});

describe('a batch of another server', () => {
  /** A main that knows the store by its key, and the store's way to post a batch. */
  async function mainAndStore(): Promise<{ main: TestServer; store: TestServer }> {
    const store = await startMobileServer();
    const main = await startMobileServer({ role: 'main' });
    const keys = [main.signingKey.published, store.signingKey.published];
    main.definitions.replace({ serverKeys: keys });
    return { main, store };
  }
  const batchOf = (...messageIds: string[]) =>
    messageIds.map((messageId) => {
      const body = Buffer.from(JSON.stringify(saleMessage(messageId)));
      return { service: ORDER, messageId, digest: digestOf(body), terminal: TILL.id, body };
    });
  const send = async (main: TestServer, token: string, messages: ReturnType<typeof batchOf>) =>
    main.call('/backroom/messages', {
      token,
      body: Buffer.from(encodeBatch(messages)),
      headers: { 'content-type': BATCH_CONTENT_TYPE },
    });

  it('is answered message by message; what cannot be taken holds back nothing else', async () => {
    const { main, store } = await mainAndStore();
    await using _main = main;
    await using _store = store;
    const messages = batchOf('M1', 'M2', 'M3');
    messages[1] = { ...messages[1]!, digest: digestOf('torn') };
    messages.push({ ...batchOf('M4')[0]!, service: 'org.example.Nothing' });
    const { status, json } = await send(main, await store.tokens.issueForServer('Main'), messages);
    expect(status).toBe(200);
    expect(batchAnswerSchema.parse(json).response.results).toMatchObject([
      { receipt: { messageId: 'M1', digest: messages[0]!.digest, outcome: 'applied' } },
      { error: { code: 'digest' } },
      { receipt: { messageId: 'M3', outcome: 'applied', serverKey: 'Main' } },
      { error: { code: 'undefinedService' } },
    ]);
  });

  it('is not taken from a till, nor with a session in the URL', async () => {
    const { main, store } = await mainAndStore();
    await using _main = main;
    await using _store = store;
    const messages = batchOf('M1');
    const fromTill = await send(main, await main.session(), messages);
    expect(fromTill.status).toBe(403);
    const token = await store.tokens.issueForServer('Main');
    const inUrl = await main.call(`/backroom/messages?authenticationToken=${token}`, {
      token: null,
      body: Buffer.from(encodeBatch(messages)),
      headers: { 'content-type': BATCH_CONTENT_TYPE },
    });
    expect(inUrl.status).toBe(401);
  });
});
