import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import type { BrowserTill } from '../../support/topology/browser-till.ts';
import { openBrowserTill, openTls } from '../../support/topology/browser-till.ts';
import { addressesFor } from '../../support/topology/page-till.ts';
import type { RunningEstate } from '../../support/topology/running-estate.ts';
import { runEstate } from '../../support/topology/running-estate.ts';
import { wrongEstate } from '../../support/topology/wrong-estate.ts';

/** Stories of the checker that only a browser can tell, played in Chromium against real servers. */
const LIMIT_MS = 60_000;
const CHECK = '/org.openbravo.mobile.core.checkServerAvailability';

let till: BrowserTill;
beforeAll(async () => {
  till = await openBrowserTill();
}, LIMIT_MS);
afterAll(() => till[Symbol.asyncDispose]());

/** An address with another host. */
function at(url: string, host: string): string {
  const moved = new URL(url);
  moved.hostname = host;
  return moved.href;
}

const isUp = async (estate: RunningEstate, key: string): Promise<boolean> =>
  (await fetch(new URL('/healthz', estate.url(key)))).ok;

it(
  'a loopback address for other machines',
  async () => {
    const { definitions } = wrongEstate('a loopback address for other machines');
    await using estate = await runEstate(definitions, {
      address: ({ key }, url) => at(url, key === 'Shop' ? 'localhost' : 'central.example'),
    });
    const addresses = await addressesFor(estate.url('Central'), 'VBS-2');
    await till.openAt(at(estate.url('Central'), 'central.example') + CHECK);
    expect(await till.reaches(addresses['Central']! + CHECK)).toBe(true);
    expect(addresses['Shop']).toMatch(/^http:\/\/localhost:/);
    expect(await till.reaches(addresses['Shop']! + CHECK)).toBe(false);
    // It is up, and the till would reach it at its own name.
    expect(await isUp(estate, 'Shop')).toBe(true);
    expect(await till.reaches(at(estate.url('Shop'), 'shop.example') + CHECK)).toBe(true);
  },
  LIMIT_MS,
);

it(
  'an estate on one machine',
  async () => {
    const { definitions } = wrongEstate('an estate on one machine');
    await using estate = await runEstate(definitions);
    const addresses = await addressesFor(estate.url('Central'), 'VBS-2');
    await till.openAt(at(estate.url('Central'), 'central.example') + CHECK);
    expect(addresses['Central']).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await till.reaches(addresses['Central']! + CHECK)).toBe(false);
    expect(await isUp(estate, 'Central')).toBe(true);
  },
  LIMIT_MS,
);

it(
  'an https page and an http server',
  async () => {
    const { definitions } = wrongEstate('an https page and an http server');
    await using folder = temporaryDirectory();
    let plainPort = 0;
    await using tls = await openTls(folder.path, 'central.example', () => plainPort);
    await using estate = await runEstate(definitions, {
      address: ({ key }, url) =>
        key === 'Shop'
          ? at(url, 'shop.example')
          : `https://central.example:${tls.port}${new URL(url).pathname}`,
    });
    plainPort = Number(new URL(estate.url('Central')).port);
    const addresses = await addressesFor(estate.url('Central'), 'VBS-2');
    await till.openAt(addresses['Central']! + CHECK);
    expect(await till.reaches(addresses['Central']! + CHECK)).toBe(true);
    expect(await till.reaches(addresses['Shop']! + CHECK)).toBe(false);
    expect(till.said.at(-1)).toMatch(/Mixed Content/);
    // It is up: from a page without https the same call comes through.
    await till.openAt(at(estate.url('Central'), 'central.example') + CHECK);
    expect(await till.reaches(addresses['Shop']! + CHECK)).toBe(true);
  },
  LIMIT_MS,
);
