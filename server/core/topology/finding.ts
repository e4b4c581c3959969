import type { Organization } from '../../contract/definitions.ts';

/** An error loses or stops something; a warning may; advice is legal but unwise. */
export type Severity = 'error' | 'warning' | 'advice';

/** A store as a finding names it. */
export type StoreName = Pick<Organization, 'id' | 'name'>;

/** One step of a story, as data, so that it can be played against real servers. */
export interface Step {
  /** Search key of a terminal; '' for any till of the store. */
  actor: string;
  /** What the actor does, in the third person: "sells to that customer". */
  does: string;
  /** The service that it calls. */
  service: string;
  /** Keys of the servers where this ends: mains for a transaction, the answering server for a query. */
  reaches: readonly string[];
}

/** What the checker found. */
export interface Finding {
  /** Name of the rule, for example `same-mains`. */
  rule: string;
  severity: Severity;
  /** What it is about; servers by their key, services by their name. Empty stores: the whole estate. */
  where: { stores: readonly StoreName[]; servers: readonly string[]; services: readonly string[] };
  /** What is wrong, in a sentence. */
  message: string;
  /** What would happen in a shop, with real names of the estate. */
  story: string;
  /** The story's calls in their order; empty where no call shows it. */
  steps: readonly Step[];
  /** How to mend it. */
  mend: string;
}

/** The finding of a rule, before the rule's name is put to it. Places that are not given are empty. */
export interface Fault extends Omit<Finding, 'rule' | 'where' | 'steps'> {
  stores?: readonly StoreName[];
  servers?: readonly string[];
  services?: readonly string[];
  steps?: readonly Step[];
}

/** Makes the finding of a rule. */
export function findingOf(rule: string, fault: Fault): Finding {
  const { severity, stores = [], servers = [], services = [], message, story, mend } = fault;
  const where = {
    stores: stores.map(({ id, name }) => ({ id, name })),
    servers,
    services,
  };
  return { rule, severity, where, message, story, steps: fault.steps ?? [], mend };
}
