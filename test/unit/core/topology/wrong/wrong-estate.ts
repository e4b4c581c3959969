import type { Severity } from '../../../../../server/core/topology/finding.ts';
import type { Topology } from '../../../../../server/core/topology/topology.ts';

/** An estate in which one thing is wrong, and what the checker must say of it. */
export interface WrongEstate {
  what: string;
  rule: string;
  severity: Severity;
  topology: Topology;
  /** The counterexample, word for word. */
  story: string;
  /** Servers that the story's calls reach, step by step; not compared where it is left out. */
  reaches?: string[][];
}
