import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import { createFamily } from '../../../server/cli/demo/family.ts';
import { openHouse } from '../../../server/cli/demo/house.ts';
import type { House } from '../../../server/cli/demo/house.ts';
import { buildDemoShop } from '../../../server/cli/demo/shop.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { COMMAND_DEADLINE_MS, lastLine, startCommand } from './command.ts';

const BAKERY = join(import.meta.dirname, '../../../../shared/data/bakery-lines.csv');
const isRealHere = existsSync(BAKERY);

const folder = temporaryDirectory();
vi.stubEnv('TMPDIR', folder.path);
afterAll(() => folder[Symbol.asyncDispose]());

function file(name: string, content: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

/** The first 60 lines of the real bakery, or some that are made here. */
function bakeryLines(): string[] {
  if (isRealHere) return readFileSync(BAKERY, 'utf8').split('\n').slice(0, 60);
  const items = ['Bread', 'Scone', 'Scone', 'NONE', 'Tea'];
  return Array.from(
    { length: 60 },
    (_, no) => `2016-10-30,09:${10 + (no % 50)}:00,${Math.floor(no / 3)},${items[no % 5]!}`,
  );
}

describe('a replay', { timeout: COMMAND_DEADLINE_MS }, () => {
  it(`sells every ticket of ${isRealHere ? 'a part of the real bakery' : 'a generated file'} at servers of its own`, async () => {
    const lines = bakeryLines();
    const sold = new Set(
      lines.filter((line) => !line.endsWith(',NONE')).map((line) => line.split(',')[2]),
    );
    const path = file('bakery.csv', `${lines.join('\n')}\n`);

    const { exitCode, stdout, stderr } = await startCommand('replay', path, '--json').ended;
    expect(exitCode, stderr).toBe(0);
    const found = lastLine(stdout) as Record<string, number>;
    expect(Object.keys(found)).toEqual([
      'tickets',
      'accepted',
      'confirmed',
      'doubled',
      'lost',
      'reordered',
      'totalAtTills',
      'totalAtMain',
    ]);
    expect(found).toMatchObject({ tickets: sold.size, accepted: sold.size, confirmed: sold.size });
    expect(found).toMatchObject({ doubled: 0, lost: 0, reordered: 0 });
    expect(found['totalAtMain']).toBe(found['totalAtTills']);
    expect(found['totalAtMain']).toBeGreaterThan(0);
  });

  it.each([
    [
      'a row without an item',
      ['date,time,ticket,item', '2016-10-30,09:58,1,Tea', '2016-10-30,09:59,2', ''],
      ['bad.csv, line 3', 'the item is missing', '--item-column'],
    ],
    [
      'no column of ticket numbers',
      ['date,time,item', '2016-10-30,09:58,Tea', ''],
      ['bad.csv, line 1', 'no column was recognised as the ticket', '--ticket-column'],
    ],
  ])('is refused with the line and the remedy: %s', async (_, lines, sentences) => {
    const { exitCode, stdout, stderr } = await startCommand(
      'replay',
      file('bad.csv', lines.join('\n')),
      '--json',
    ).ended;
    expect(exitCode).toBe(1);
    for (const sentence of sentences) expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('Starting');
    expect(stdout).toBe('');
  });
});

describe('a replay at a server that runs', { timeout: COMMAND_DEADLINE_MS }, () => {
  const { timers } = nodePlatform(() => undefined);
  const family = createFamily(folder.path, timers);
  let house: House;
  const at = (path: string, ...more: string[]): string[] => [
    ...['replay', path, '--server', house.storeUrl, '--user', 'ana', '--pin', '1111', '--json'],
    ...['--terminal', 'C-01', '--terminal', 'C-02', ...more],
  ];

  beforeAll(async () => {
    house = await openHouse({
      folder: folder.path,
      family,
      timers,
      estateOf: (addresses) => buildDemoShop({ ...addresses, tills: 2 }),
    });
  }, COMMAND_DEADLINE_MS);
  afterAll(() => family.endAll());

  it('sells the products that it knows by name, and compares with the main’s books', async () => {
    const path = file('known.csv', 'White loaf 400 g,White loaf 400 g\nwhite loaf 400 g \n');
    const first = await startCommand(...at(path)).ended;
    expect(first.exitCode, first.stderr).toBe(0);
    expect(lastLine(first.stdout)).toMatchObject({
      ...{ tickets: 2, accepted: 2, confirmed: 2, lost: 0 },
      ...{ doubled: null, reordered: null },
    });

    const again = await startCommand(...at(path, '--main-database', house.mainDatabase)).ended;
    expect(again.exitCode, again.stderr).toBe(0);
    const found = lastLine(again.stdout) as Record<string, number>;
    expect(found).toMatchObject({ tickets: 2, confirmed: 2, lost: 0, doubled: 0, reordered: 0 });
    expect(found['totalAtMain']).toBe(found['totalAtTills']);
  });

  it('is refused where a product or the log-in is missing, and sells nothing', async () => {
    const unknown = await startCommand(...at(file('unknown.csv', 'White loaf 400 g,Moon cheese\n')))
      .ended;
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toContain('no product of the name "Moon cheese". Nothing was sold.');

    const path = file('one.csv', 'White loaf 400 g\n');
    const nobody = await startCommand('replay', path, '--server', house.storeUrl).ended;
    expect(nobody.exitCode).toBe(1);
    expect(nobody.stderr).toContain('--terminal SEARCH_KEY');
  });
});
