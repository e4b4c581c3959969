import type { Finding, Severity } from './finding.ts';
import { findingOf } from './finding.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { survey } from './store-view.ts';
import type { Topology } from './topology.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, advice: 2 };

/**
 * Proves an estate, or shows where it fails: an estate without an error loses nothing by the way in
 * which it is set up. Errors come first, then warnings, then advice, each in the order of the rules.
 * Every error tells its counterexample as a story. Never throws, whatever the definitions say.
 */
export function checkTopology(topology: Topology, rules: readonly Rule[] = RULES): Finding[] {
  const estate = survey(topology);
  return rules
    .flatMap((rule) => rule.check(estate).map((fault) => findingOf(rule.name, fault)))
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}
