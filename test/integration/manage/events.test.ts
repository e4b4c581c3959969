import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSseReader } from '../../../renderer/sse.ts';
import type { SseMessage } from '../../../renderer/sse.ts';
import { eventSchema, overviewSchema } from '../../../server/contract/manage.ts';
import type { System } from '../../../server/system/ports.ts';
import type { Fixture } from '../../support/manage-fixture.ts';
import { MANAGER, startManageFixture } from '../../support/manage-fixture.ts';

let fixture: Fixture;
let cookie: string;
/** The delayed work of the router, run by the test. */
let delayed: (() => void)[] = [];

beforeEach(async () => {
  delayed = [];
  fixture = await startManageFixture({
    change: (parts) => {
      const timers: System['timers'] = {
        ...parts.system.timers,
        after: (_delayMs, run) => {
          delayed.push(run);
          return () => undefined;
        },
      };
      parts.system = { ...parts.system, timers };
    },
  });
  const response = await fetch(`${fixture.url}/manage/api/session`, {
    method: 'POST',
    headers: { 'X-Backroom': '1', Origin: fixture.url, 'Content-Type': 'application/json' },
    body: JSON.stringify(MANAGER),
  });
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});
afterEach(() => fixture.stop());

async function overview() {
  const response = await fetch(`${fixture.url}/manage/api/overview`, {
    headers: { Cookie: cookie },
  });
  return overviewSchema.parse(await response.json());
}

/** A screen that follows events; `next` resolves with the next message. */
async function follow(after: number, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(`${fixture.url}/manage/api/events?after=${after}`, {
    headers: { Cookie: cookie, ...headers },
    signal: stop.signal,
  });
  const reader = response.body!.getReader();
  const read = createSseReader();
  const waiting: SseMessage[] = [];
  let text = '';
  const pull = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (done) return false;
    const piece = new TextDecoder().decode(value);
    text += piece;
    waiting.push(...read(piece));
    return true;
  };
  return {
    response,
    text: () => text,
    async next(): Promise<SseMessage | undefined> {
      while (waiting.length === 0) if (!(await pull())) return undefined;
      return waiting.shift();
    },
    async untilText(part: string): Promise<void> {
      while (!text.includes(part)) expect(await pull(), 'the stream ended early').toBe(true);
    },
    stop: () => stop.abort(),
  };
}

function seqOf(message: SseMessage | undefined): number {
  return eventSchema.parse(JSON.parse(message?.data ?? '')).seq;
}

it('starts with the number it follows, then gives each event once, in order', async () => {
  const { seq } = await overview();
  const screen = await follow(seq);
  expect(screen.response.headers.get('content-type')).toContain('text/event-stream');
  expect(await screen.next()).toEqual({ event: 'snapshot', data: JSON.stringify({ seq }) });
  fixture.scene.sell('T1');
  fixture.scene.sell('T2');
  expect([seqOf(await screen.next()), seqOf(await screen.next())]).toEqual([seq + 1, seq + 2]);
  screen.stop();
});

it('catches up on what a screen has missed, without a gap', async () => {
  const { seq } = await overview();
  for (let sold = 0; sold < 1_200; sold += 1) fixture.scene.emit('till', { terminal: 'T1' });
  const screen = await follow(seq);
  await screen.next();
  for (let number = 1; number <= 1_200; number += 1) {
    expect(seqOf(await screen.next())).toBe(seq + number);
  }
  screen.stop();
});

it('goes on after the last event id of a browser that reconnects', async () => {
  const { seq } = await overview();
  fixture.scene.sell('T1');
  const screen = await follow(seq, { 'Last-Event-ID': String(seq + 1) });
  await screen.next();
  fixture.scene.sell('T1');
  expect(seqOf(await screen.next())).toBe(seq + 2);
  screen.stop();
});

it('tells a screen to start over when its number is not known, and ends', async () => {
  const { seq } = await overview();
  const screen = await follow(seq + 500);
  await screen.next();
  expect(await screen.next()).toEqual({ event: 'reset', data: '{}' });
  expect(await screen.next()).toBeUndefined();
});

it('asks for the number to start after', async () => {
  const response = await fetch(`${fixture.url}/manage/api/events`, { headers: { Cookie: cookie } });
  expect(response.status).toBe(400);
});

it('beats while nothing happens, and ends when the user is locked out', async () => {
  const { seq } = await overview();
  const screen = await follow(seq);
  await screen.next();
  delayed.splice(0).forEach((run) => run());
  await screen.untilText(': still here');
  Object.assign(fixture.definitions.users[0]!, { epoch: 1 });
  Object.assign(fixture.definitions, { version: 2 });
  delayed.splice(0).forEach((run) => run());
  expect(await screen.next()).toBeUndefined();
});

it('drops a screen that does not read, and goes on serving the others', async () => {
  const { seq } = await overview();
  const idle = await fetch(`${fixture.url}/manage/api/events?after=${seq}`, {
    headers: { Cookie: cookie },
  });
  const screen = await follow(seq);
  await screen.next();
  const filling = 'x'.repeat(50_000);
  let last = seq;
  for (let sent = 0; sent < 400; sent += 1) {
    fixture.scene.emit('till', { filling });
    last = seqOf(await screen.next());
  }
  expect(last).toBe(seq + 400);
  await expect(idle.text()).rejects.toThrow();
  screen.stop();
});

it('refuses more screens than it can serve, and takes the next when one leaves', async () => {
  const { seq } = await overview();
  const screens = await Promise.all(Array.from({ length: 100 }, () => follow(seq)));
  const refused = await follow(seq);
  expect(refused.response.status).toBe(503);
  expect(refused.response.headers.get('retry-after')).toBe('10');
  screens[0]!.stop();
  await expect.poll(async () => (await follow(seq)).response.status).toBe(200);
  for (const screen of screens) screen.stop();
});
