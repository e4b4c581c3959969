import { describe, expect, it } from 'vitest';
import { tightest } from '../../../server/cli/scenario/fail-over.ts';
import { SCENARIOS } from '../../../server/cli/scenario/plans.ts';
import { isGood } from '../../../server/cli/scenario/run.ts';
import type { Step } from '../../../server/cli/scenario/scenario.ts';
import { describeScenario, sayStep, sayTill } from '../../../server/cli/scenario/words.ts';

const ENDS: Partial<Record<Step['do'], Step['do']>> = {
  restore: 'kill',
  thaw: 'freeze',
  reopen: 'crash',
};

describe.each(SCENARIOS)('the scenario $name', (scenario) => {
  const isMasterData = (step: Step): boolean => step.do === 'reprice' || step.do === 'learn';
  const subjectOf = (step: Step): string => ('server' in step ? step.server : step.till);

  it('kills or restores servers at least six times', () => {
    const { steps } = scenario;
    const kills = steps.filter((step) => step.do === 'kill' || step.do === 'restore');
    expect(kills.length).toBeGreaterThanOrEqual(6);
  });

  it('strikes every server at least once', () => {
    const struck = new Set(scenario.steps.map(subjectOf));
    expect(scenario.servers.map(({ key }) => key).filter((key) => !struck.has(key))).toEqual([]);
  });

  it('ends only what it began, and leaves nothing down', () => {
    const down = new Map<string, Step['do']>();
    for (const step of scenario.steps.filter((each) => !isMasterData(each))) {
      const subject = subjectOf(step);
      expect(down.get(subject), sayStep(step)).toBe(ENDS[step.do]);
      if (ENDS[step.do] === undefined) down.set(subject, step.do);
      else down.delete(subject);
    }
    expect([...down.keys()]).toEqual([]);
  });

  it('names servers and tills that it has', () => {
    const servers = scenario.servers.map(({ key }) => key);
    for (const step of scenario.steps) {
      if ('server' in step) expect(servers).toContain(step.server);
      else expect(Object.keys(scenario.tills)).toContain(step.till);
    }
    for (const page of Object.values(scenario.tills)) expect(servers).toContain(page);
  });
});

describe('the verdict on a scenario', () => {
  const good = {
    ...{ scenario: 's', steps: 9, failed: 0, tickets: 100, confirmedAtMain: 100 },
    ...{ lost: 0, doubled: 0, reordered: 0, failoverMs: 11_000, failoverLimitMs: 11_000 },
  };

  it('is good where all is there, in order, and no till waited beyond the limit', () => {
    expect(isGood(good)).toBe(true);
  });

  it.each([
    { failed: 1 },
    { confirmedAtMain: 99 },
    { lost: 1 },
    { doubled: 1 },
    { reordered: 1 },
    { failoverMs: 11_001 },
    { failoverMs: null },
  ])('is bad with %o', (flaw) => {
    expect(isGood({ ...good, ...flaw })).toBe(false);
  });

  it('looks at the fail-over that came closest to its limit', () => {
    const failOver = { service: 's', from: 'a', to: 'b' };
    const slow = { ...failOver, timeoutMs: 10_000, tookMs: 9_000 };
    const close = { ...failOver, timeoutMs: 5_000, tookMs: 4_500 };
    expect(tightest([slow, close])).toBe(close);
    expect(tightest([])).toBeUndefined();
  });

  it('is told in sentences', () => {
    expect(describeScenario(good)).toContain('100 tickets sold, 100 confirmed at every main');
    expect(describeScenario({ ...good, failoverMs: null })).toContain('No till had to fail over.');
    const seen = { logIn: 'A', products: 'A', customers: 'B', tickets: [] };
    expect(sayTill('C-01', seen, ['logIn: A instead of B'])).toBe(
      '    C-01: log-in A, products A, customers B, tickets nobody  WRONG: logIn: A instead of B',
    );
    expect(sayTill('C-01', { ...seen, customers: 'A', logIn: null, tickets: ['M'] }, [])).toBe(
      '    C-01: log-in nobody, queries A, tickets M',
    );
  });
});
