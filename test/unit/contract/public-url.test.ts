import { expect, it } from 'vitest';
import { publicUrlSchema } from '../../../server/contract/public-url.ts';

it.each([
  'https://store.example:8443',
  'https://store.example',
  'http://localhost:8427',
  'http://127.0.0.1:8427',
  'https://[::1]:8443/',
])('takes %s', (url) => {
  expect(publicUrlSchema.safeParse(url).success).toBe(true);
});

it.each([
  ['https://192.168.1.10:8443', /is an address/],
  ['https://[fe80::1]:8443', /is an address/],
  ['https://store.example/pos/', /write https:\/\/store\.example$/],
  ['https://ana@store.example', /more than scheme/],
  ['ftp://store.example', /must begin with https/],
  ['store.example', /must begin with https/],
])('refuses %s', (url, why) => {
  expect(publicUrlSchema.safeParse(url).error?.issues[0]?.message).toMatch(why);
});
