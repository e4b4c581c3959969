import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FakeStore } from './support/fake-store.ts';
import { MemoryLog } from './support/memory-log.ts';
import { fakePlatform } from './support/platform.ts';
import { sellOnce } from './support/router-example.ts';

it('the example of docs/request-router.md is this one, and it sells', async () => {
  const guide = readFileSync(new URL('../../../docs/request-router.md', import.meta.url), 'utf8');
  const source = readFileSync(new URL('support/router-example.ts', import.meta.url), 'utf8');
  expect(guide).toContain(source.replaceAll('../../../../terminal/', './terminal/').trim());
  const store = new FakeStore();
  const platform = fakePlatform(store.fetch);
  const sold = await sellOnce(platform, new MemoryLog(), 'http://store.test/openbravo');
  expect(sold).toEqual({ productsFrom: 'Default', where: 'store' });
  expect(store.taken.size).toBe(1);
});
