import type { Answering } from './expected.ts';
import type { ScenarioResult } from './play.ts';
import type { Step } from './scenario.ts';

const DONE: Readonly<Record<Step['do'], string>> = {
  kill: 'is killed',
  restore: 'is started again',
  freeze: 'is frozen: it answers nothing',
  thaw: 'goes on',
  reprice: 'gets a new price while it is down',
  learn: 'has the new price',
  crash: 'is killed; what it handed over must reach the mains without it',
  reopen: 'is started again',
};

/** A step in a sentence; null is the time before the first. */
export function sayStep(step: Step | null): string {
  if (step === null) return 'Everything runs.';
  const who = 'server' in step ? step.server : `Till ${step.till}`;
  return `${who} ${DONE[step.do]}.`;
}

/** Who answered a till, and what is wrong with that. */
export function sayTill(till: string, seen: Answering, faults: readonly string[]): string {
  const nobody = (key: string | null): string => key ?? 'nobody';
  const queries =
    seen.products === seen.customers
      ? `queries ${nobody(seen.products)}`
      : `products ${nobody(seen.products)}, customers ${nobody(seen.customers)}`;
  const tickets = `tickets ${seen.tickets.join(' and ') || 'nobody'}`;
  const verdict = faults.length === 0 ? '' : `  WRONG: ${faults.join('; ')}`;
  return `    ${till}: log-in ${nobody(seen.logIn)}, ${queries}, ${tickets}${verdict}`;
}

/** A result in a sentence or two. */
export function describeScenario(result: ScenarioResult): string {
  const { scenario, steps, failed, tickets, confirmedAtMain } = result;
  const failOver =
    result.failoverMs === null
      ? 'No till had to fail over.'
      : `Fail-over within ${result.failoverMs} ms (limit ${result.failoverLimitMs ?? 0} ms).`;
  return (
    `${scenario}: ${steps} steps, ${failed} failed. ` +
    `${tickets} tickets sold, ${confirmedAtMain} confirmed at every main; ` +
    `lost ${result.lost}, doubled ${result.doubled}, reordered ${result.reordered}. ${failOver}`
  );
}
