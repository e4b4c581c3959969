import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { createSseReader } from '../../../renderer/sse.ts';
import {
  entriesPageSchema,
  entryDetailSchema,
  eventSchema,
  lanesSchema,
  overviewSchema,
} from '../../../server/contract/manage.ts';
import type { House } from '../../support/manage-house.ts';
import { buildHouse, HOUSE_MANAGER } from '../../support/manage-house.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const folder = temporaryDirectory();
let house: House;
let cookie = '';

beforeAll(async () => {
  house = await buildHouse(folder.path);
  // The users come from the main with the first replication; refused tries are limited.
  await vi.waitFor(logIn, { timeout: 20_000, interval: 2_000 });
  await house.openTill();
  for (const grossMinor of [1_250, 99, 400]) await house.sell(grossMinor);
});
afterAll(async () => {
  await house.close();
  await folder[Symbol.asyncDispose]();
});

async function logIn(): Promise<void> {
  const response = await post('/session', HOUSE_MANAGER);
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  if (!response.ok) throw new Error(`the log-in was answered ${response.status}`);
}

function post(path: string, body?: object): Promise<Response> {
  return fetch(`${house.store.url}/manage/api${path}`, {
    method: 'POST',
    headers: {
      'X-Backroom': '1',
      Origin: house.store.url,
      'Content-Type': 'application/json',
      Cookie: cookie,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function get<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const response = await fetch(`${house.store.url}/manage/api${path}`, {
    headers: { Cookie: cookie },
  });
  return schema.parse(await response.json());
}

const overview = () => get(overviewSchema, '/overview');
const entries = (query = '') => get(entriesPageSchema, `/entries?${query}`);

it('counts what the till sold and follows it to the main', async () => {
  expect((await overview()).today).toMatchObject({
    tickets: 3,
    grossMinor: 1_749,
    currency: 'EUR',
  });
  await expect.poll(async () => (await overview()).queue.waiting, { timeout: 20_000 }).toBe(0);
  const { mains, tills, replication, server } = await overview();
  expect(server).toMatchObject({ key: 'Store-Corner', role: 'store' });
  expect(mains).toMatchObject([{ key: 'Main', state: 'online', waiting: 0, backroom: true }]);
  expect(tills).toMatchObject([{ searchKey: 'VBS-1', waiting: 0, parked: 0 }]);
  expect(replication?.lastSuccessAt).not.toBeNull();
});

it('shows each entry with its document, and in full with its story', async () => {
  const { rows } = await entries();
  expect(rows.map((row) => row.documentNo)).toEqual([
    'VBS-1/0000003',
    'VBS-1/0000002',
    'VBS-1/0000001',
  ]);
  const entry = await get(entryDetailSchema, `/entries/${rows[0]!.entryNo}`);
  expect(entry).toMatchObject({ grossMinor: 400, terminalName: 'Checkout 1', state: 'confirmed' });
  expect(entry.deliveries).toMatchObject([{ destination: 'Main', state: 'acknowledged' }]);
  expect(JSON.parse(entry.body ?? '')).toMatchObject({ messageId: entry.messageId });
  expect(entry.story.map((line) => line.kind)).toContain('acknowledged');
  expect((await post(`/entries/${entry.entryNo}/retry`)).status).toBe(409);
});

it('numbers its events without a gap', async () => {
  const { seq } = await overview();
  await house.sell(500);
  const page = await entries('limit=1');
  const stop = new AbortController();
  const response = await fetch(`${house.store.url}/manage/api/events?after=0`, {
    headers: { Cookie: cookie },
    signal: stop.signal,
  });
  const read = createSseReader();
  const numbers: number[] = [];
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    for (const message of read(piece)) {
      if (message.event === 'message')
        numbers.push(eventSchema.parse(JSON.parse(message.data)).seq);
    }
    if ((numbers.at(-1) ?? 0) >= page.seq) break;
  }
  stop.abort();
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(numbers.length).toBeGreaterThan(seq);
});

it('keeps what waits while the main is gone, and sends it when a person says so', async () => {
  await expect.poll(async () => (await overview()).queue.waiting, { timeout: 20_000 }).toBe(0);
  await house.main.end('SIGKILL');
  await house.sell(700);
  const { rows } = await entries('state=queued');
  expect(rows).toHaveLength(1);
  await expect
    .poll(async () => (await get(lanesSchema, '/lanes')).lanes, { timeout: 20_000 })
    .toMatchObject([{ destination: 'Main', terminalName: 'Checkout 1', waiting: 1 }]);
  expect((await post(`/entries/${rows[0]!.entryNo}/retry`)).status).toBe(204);
  await house.restart('main');
  const [lane] = (await get(lanesSchema, '/lanes')).lanes;
  const { destination, terminal } = lane!;
  expect((await post('/lanes/retry', { destination, terminal })).status).toBe(204);
  await expect
    .poll(async () => (await entries('state=queued')).rows, { timeout: 30_000 })
    .toHaveLength(0);
});
