import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelsOf, standardModules } from '../../../server/modules.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/open.ts';
import { createLog } from '../../../server/system/log.ts';
import { realSystem } from '../../../server/system/real.ts';
import { startCommand } from './command.ts';

interface ExampleServer {
  key: string;
  priority: number;
  allServices?: boolean;
  definedServices?: string;
  services?: string[];
}
interface Example {
  servers: ExampleServer[];
}
interface Report {
  errors: number;
  warnings: number;
  advice: number;
  findings: { rule: string; story: string; message: string; steps: { reaches: string[] }[] }[];
  whatIf: { down: string[]; stores: { store: { name: string }; confirm: { works: string } }[] }[];
}

const POS = 'org.openbravo.retail.posterminal';

/** The priorities of the servers that a main has. */
async function prioritiesIn(directory: string): Promise<number[]> {
  const { clock, log } = realSystem(createLog('silent'));
  const models = modelsOf(standardModules);
  const storage = await openSqliteStorage({ directory, models, clock, log });
  const { servers } = await storage.definitions();
  await storage.close();
  return servers.map(({ priority }) => priority).toSorted((one, other) => one - other);
}

function alterDatabase(directory: string, statement: string): void {
  const database = new Database(join(directory, 'backroom.db'));
  database.exec(statement);
  database.close();
}

describe('backroom topology', () => {
  let folder: string;
  let example: Example;
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const topology = (...args: string[]) => startCommand('topology', ...args).ended;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-topology-'));
    const written = await topology('init', 'main-and-failover');
    expect(written.exitCode).toBe(0);
    example = JSON.parse(written.stdout) as Example;
    file('good.json', written.stdout);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The example with something done to it. */
  const altered = (name: string, change: (estate: Example) => void): string => {
    const estate = structuredClone(example);
    change(estate);
    return file(name, JSON.stringify(estate));
  };

  it('writes examples that it then proves, each server down once', async () => {
    const { exitCode, stdout } = await topology('check', join(folder, 'good.json'), '--json');
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ errors: 0, warnings: 0, advice: 0, findings: [] });
    expect(report.whatIf.map(({ down }) => down)).toEqual(example.servers.map(({ key }) => [key]));
    const text = await topology('check', join(folder, 'good.json'));
    expect(text.stdout).toContain('Proven for 3 stores');
  });

  it('ends with 1 and the story of what is lost', async () => {
    const path = altered('split.json', ({ servers }) => {
      const central = servers.find(({ key }) => key === 'Central')!;
      const backup = { ...central, id: 'B', key: 'Backup', name: 'Backup', priority: 30 };
      const other = { url: 'https://backup.casaverde.example/openbravo' };
      const without = { allServices: false, definedServices: 'excluding' };
      Object.assign(central, without, { services: [`${POS}.OrderLoader`] });
      servers.push({ ...backup, ...other, ...without, services: [`${POS}.CustomerLoader`] });
    });
    const { exitCode, stdout } = await topology('check', path, '--json');
    expect(exitCode).toBe(1);
    const { errors, findings } = JSON.parse(stdout) as Report;
    expect(errors).toBeGreaterThan(0);
    const split = findings.find(({ message }) => message.includes('the ticket goes to Backup'));
    expect(split?.story).toContain('Till VBI-1 in Bilbao creates a customer');
    expect(split?.story).toContain('Backup never hears of the customer.');
    expect(split?.steps.map(({ reaches }) => reaches)).toEqual([['Central'], ['Backup']]);
    const text = await topology('check', path);
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toMatch(/^Bilbao, Burgos, Vitoria\n {2}ERROR/m);
    expect(text.stdout).toContain('Backup never hears of the customer.');
  });

  it('tells what works while given servers are down, and refuses those it does not know', async () => {
    const path = join(folder, 'good.json');
    const { stdout, exitCode } = await topology(
      'check',
      path,
      '--down',
      'Central,Failover',
      '--json',
    );
    expect(exitCode).toBe(0);
    const [only, ...others] = (JSON.parse(stdout) as Report).whatIf;
    expect(others).toEqual([]);
    expect(only?.down).toEqual(['Central', 'Failover']);
    expect(only?.stores.map(({ confirm }) => confirm.works)).toEqual(['no', 'no', 'no']);
    const strange = await topology('check', path, '--down', 'Centrel');
    expect(strange.exitCode).toBe(1);
    expect(strange.stderr).toContain(
      'has no server with the key Centrel. It has Central, Failover',
    );
  });

  it('takes a file that is no estate for a failed check, with line and path', async () => {
    const path = file('cut.json', '{\n  "organizations": [');
    const { exitCode, stdout } = await topology('check', path, '--json');
    expect(exitCode).toBe(1);
    const [finding] = (JSON.parse(stdout) as Report).findings;
    expect(finding).toMatchObject({ rule: 'estate-file' });
    expect(finding?.message).toContain('line 2, column 21: the text ends too early');
    const strange = altered('strange.json', ({ servers }) => {
      Object.assign(servers[1]!, { prio: 1 });
    });
    const imported = await startCommand('import', strange, '--data', join(folder, 'data')).ended;
    expect(imported.exitCode).toBe(1);
    expect(imported.stderr).toContain('servers[1].prio: this key is not known');
  });

  it('leaves a main as it was where one row of a file cannot be imported', async () => {
    const data = join(folder, 'main');
    const before = await startCommand('import', join(folder, 'good.json'), '--data', data).ended;
    expect(before.exitCode, before.stderr).toBe(0);
    const path = altered('bad-row.json', (estate) => {
      estate.servers[0]!.priority = 77;
      Object.assign(estate, { models: { TaxRate: [{ rows: [{ rate: 10 }] }] } });
    });
    const refused = await startCommand('import', path, '--data', data).ended;
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('TaxRate, row 1 (no id)');
    const priorities = example.servers.map(({ priority }) => priority);
    expect(await prioritiesIn(data)).toEqual(priorities.toSorted((one, other) => one - other));
  });

  it('leaves a main as it was where the import breaks off in the middle', async () => {
    const data = join(folder, 'broken-off');
    const good = join(folder, 'good.json');
    expect((await startCommand('import', good, '--data', data).ended).exitCode).toBe(0);
    // The definitions are put before the master data, on whose last row this database fails.
    alterDatabase(
      data,
      `CREATE TRIGGER fault BEFORE INSERT ON record WHEN NEW.id = 'Last'
        BEGIN SELECT RAISE(ABORT, 'a fault in the middle'); END`,
    );
    const path = altered('breaks-off.json', (estate) => {
      for (const server of estate.servers) server.priority += 100;
      const rows = ['First', 'Last'].map((id) => ({ id, rate: 10 }));
      Object.assign(estate, { models: { TaxRate: [{ rows }] } });
    });
    const broken = await startCommand('import', path, '--data', data).ended;
    expect(broken.exitCode).toBe(1);
    expect(broken.stderr).toContain('a fault in the middle');
    expect(Math.max(...(await prioritiesIn(data)))).toBeLessThan(100);
    alterDatabase(data, 'DROP TRIGGER fault');
    const mended = await startCommand('import', path, '--data', data).ended;
    expect(mended.exitCode, mended.stderr).toBe(0);
    expect(Math.min(...(await prioritiesIn(data)))).toBeGreaterThan(100);
  });

  it('reads and writes YAML as well, by the name of the file', async () => {
    const written = await topology('init', 'main-and-failover', '--format', 'yaml');
    expect(written.stdout).toContain('organizations:\n');
    const yaml = file('good.yaml', written.stdout);
    const same = await topology('diff', join(folder, 'good.json'), yaml);
    expect(same.stdout).toBe('They say the same.\n');
    const report = await topology('check', yaml);
    expect(report.stdout).toContain('Proven for 3 stores');
    const wrong = file('wrong.yml', written.stdout.replace('priority: 10', 'priority: ten'));
    const data = join(folder, 'of-yaml');
    const refused = await startCommand('import', wrong, '--data', data).ended;
    expect(refused.stderr).toMatch(/line \d+, column 5, servers\[0\]\.priority: must be a number/);
    expect((await startCommand('import', yaml, '--data', data).ended).exitCode).toBe(0);
    expect(await prioritiesIn(data)).toHaveLength(example.servers.length);
  });

  it('compares two estates', async () => {
    const path = altered('moved.json', ({ servers }) => {
      servers[0]!.priority = 15;
      servers.pop();
    });
    const good = join(folder, 'good.json');
    const { exitCode, stdout } = await topology('diff', good, path);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '~ server Central',
      '    priority: 10 → 15',
      '- server Cloud store server',
    ]);
    expect((await topology('diff', good, good)).stdout).toBe('They say the same.\n');
  });

  it('names the examples where there is none of that name', async () => {
    const { exitCode, stderr } = await topology('init', 'nothing');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'Choose one of main-and-failover, shared-store-servers, central-aggregation',
    );
  });
});
