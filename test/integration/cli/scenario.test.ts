import { afterAll, describe, expect, it, vi } from 'vitest';
import { openProgress } from '../../../server/cli/demo/progress.ts';
import { onStage } from '../../../server/cli/demo/stage.ts';
import { playScenario } from '../../../server/cli/scenario/play.ts';
import { mainAndFailover } from '../../../server/cli/scenario/plans/main-and-failover.ts';
import { isGood } from '../../../server/cli/scenario/run.ts';
import type { Scenario } from '../../../server/cli/scenario/scenario.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { childrenOf, COMMAND_DEADLINE_MS, isRunning, startCommand } from './command.ts';

/** Where the scenarios make their folders. */
const folder = temporaryDirectory();
vi.stubEnv('TMPDIR', folder.path);
afterAll(() => folder[Symbol.asyncDispose]());

/** The first architecture with two tills, and only the main and a till that fall. */
const SHORT: Scenario = {
  ...mainAndFailover,
  tills: { 'C-01': 'Centro', 'N-01': 'Cloud' },
  steps: [
    { do: 'kill', server: 'Central' },
    { do: 'crash', till: 'N-01' },
    { do: 'restore', server: 'Central' },
    { do: 'reopen', till: 'N-01' },
  ],
};

/** Plays a scenario; what it says of each step, and what it found. */
function play(scenario: Scenario) {
  const said: string[] = [];
  const progress = { ...openProgress(process.stderr), phase: () => undefined };
  return onStage({ name: 'test', keep: false }, async (stage) => {
    const say = (sentence: string): number => said.push(sentence);
    const result = await playScenario(scenario, stage, { ...progress, say });
    return { result, said: said.join('\n') };
  });
}

describe('a scenario', { timeout: COMMAND_DEADLINE_MS }, () => {
  it('goes as the definitions say while the main and a till fall', async () => {
    const { result, said } = await play(SHORT);
    expect(said).toContain('C-01: log-in Centro, queries Centro, tickets Backup');
    expect(said).not.toContain('WRONG');
    expect(result, said).toMatchObject({ scenario: 'main-and-failover', steps: 5, failed: 0 });
    expect(result).toMatchObject({ lost: 0, doubled: 0, reordered: 0 });
    expect(result.tickets).toBeGreaterThan(10);
    expect(isGood(result)).toBe(true);
  });

  it('is refused where there is none of that name', async () => {
    const { exitCode, stderr } = await startCommand('scenario', 'moon').ended;
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is no scenario moon. Choose one of main-and-failover,');
  });

  it('leaves nothing running after Ctrl-C', async () => {
    const command = startCommand('scenario', 'split-services');
    await command.said('2/9');
    const family = childrenOf(command.pid);
    expect(family.length).toBeGreaterThan(3);
    command.kill('SIGINT');
    expect((await command.ended).exitCode).toBe(130);
    expect(family.filter(isRunning)).toEqual([]);
  });
});
