import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browserPlatform } from '../../../../terminal/browser/platform.ts';

const platform = browserPlatform(() => undefined);

it('digests as the standard says, without WebCrypto', async () => {
  const digest = (text: string) => platform.digest(new TextEncoder().encode(text));
  // The examples of FIPS 180-4.
  expect(await digest('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await platform.digest(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
  );
});

it('gives ids of 32 upper-case hexadecimal digits, none twice', () => {
  const ids = Array.from({ length: 1_000 }, () => platform.ids.next());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9A-F]{32}$/);
});

it('ends a pause when it is told to, before and while it lasts', async () => {
  const HOUR_MS = 3_600_000;
  await platform.timers.pause(HOUR_MS, AbortSignal.abort());
  const stop = new AbortController();
  const pause = platform.timers.pause(HOUR_MS, stop.signal);
  stop.abort();
  await pause;
  await platform.timers.pause(1);
});
