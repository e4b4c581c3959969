import { afterAll, describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { childrenOf, COMMAND_DEADLINE_MS, isRunning, lastLine, startCommand } from './command.ts';

const SHORT = ['demo', '--headless', '--json', '--tickets', '60', '--outage', '3s'];

/** Where the demonstrations make their folders. */
const folder = temporaryDirectory();
vi.stubEnv('TMPDIR', folder.path);
afterAll(() => folder[Symbol.asyncDispose]());

/** What a short demonstration must find. */
function expectAllThere(stdout: string): void {
  const found = lastLine(stdout) as Record<string, number> & {
    others: Record<string, { atTills: number; atMain: number }>;
  };
  expect(found).toMatchObject({ tickets: 60, accepted: 60, confirmed: 60 });
  expect(found).toMatchObject({ lost: 0, doubled: 0, reordered: 0, confirmedDuringOutage: 0 });
  expect(found['totalAtTills']).toBe(found['totalAtMain']);
  expect(found['totalAtTills']).toBeGreaterThan(0);
  expect(found['outageMs']).toBeGreaterThanOrEqual(3_000);
  expect(found['drainMs']).toBeGreaterThan(0);
  expect(Object.keys(found.others)).toEqual(['customers', 'returns', 'cashMovements', 'cashUps']);
  for (const { atTills, atMain } of Object.values(found.others)) {
    expect(atTills).toBeGreaterThan(0);
    expect(atMain).toBe(atTills);
  }
}

describe.concurrent('the demonstration', { timeout: COMMAND_DEADLINE_MS }, () => {
  it('sells through an outage and finds everything at the main', async () => {
    const { exitCode, stdout, stderr } = await startCommand(...SHORT).ended;
    expect(exitCode, stderr).toBe(0);
    expectAllThere(stdout);
    expect(
      (lastLine(stdout) as { acceptedDuringOutage: number }).acceptedDuringOutage,
    ).toBeGreaterThan(10);
  });

  it('finds everything when the store server is killed in the outage', async () => {
    const { exitCode, stdout, stderr } = await startCommand(...SHORT, '--crash').ended;
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('The store server was killed and runs again.');
    expectAllThere(stdout);
  });
});

describe.concurrent('a demonstration that is ended', { timeout: COMMAND_DEADLINE_MS }, () => {
  it('by Ctrl-C leaves no process and no folder behind', async () => {
    const demo = startCommand(...SHORT, '--tickets', '1000');
    await demo.said('Selling');
    const family = childrenOf(demo.pid);
    expect(family).toHaveLength(2 + 1 + 4);

    demo.kill('SIGINT');
    const { exitCode, stderr } = await demo.ended;
    expect(exitCode).toBe(130);
    expect(family.filter(isRunning)).toEqual([]);
    expect(stderr).not.toContain('logs are in');
  });

  it('by SIGKILL leaves no process behind', async ({ expect }) => {
    const demo = startCommand(...SHORT, '--tickets', '1000');
    await demo.said('Selling');
    const family = childrenOf(demo.pid);
    demo.kill('SIGKILL');
    await demo.ended;
    await expect.poll(() => family.filter(isRunning), { timeout: 15_000 }).toEqual([]);
  });
});

describe('a demonstration that cannot be', () => {
  it('is refused with a sentence', async () => {
    const { exitCode, stderr } = await startCommand('demo', '--outage', '15').ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('for example 15s');
  });
});
