import { z } from 'zod';
import type { Definitions } from '../../contract/definitions.ts';
import type { ForeseenProof, Topology, TopologyFinding } from '../../contract/topology-api.ts';
import { editionOf } from '../../core/definitions/edition.ts';
import { checkTopology } from '../../core/topology/check.ts';
import { RULES } from '../../core/topology/rules.ts';
import { distinctServices, survey } from '../../core/topology/store-view.ts';
import { whatIf } from '../../core/topology/what-if.ts';
import { ManageFault } from '../fault.ts';
import type { Desk } from './parts.ts';

/** Keys that a refusal names, so that it stays a sentence in an estate of a thousand servers. */
const MOST_KEYS = 10;
/** Findings that a preview shows. */
const MOST_FRESH = 20;

/** Mobile Server Keys with commas between them; empty where none is down. */
export const downSchema = z.object({
  down: z
    .string()
    .default('')
    .transform((text) => [...new Set(text.split(',').map((key) => key.trim()))].filter(Boolean)),
});

/** What is proven of definitions is the same until they change: a choice of servers asks only what if. */
const proofs = new WeakMap<Definitions, Proof>();
type Proof = Omit<Topology, 'down' | 'whatIf'>;

/**
 * What is proven of the live definitions, and what each store can do while these servers are down.
 * Throws a ManageFault 400 `unknownServer` for a key that is not defined.
 */
export function topology(desk: Desk, down: readonly string[]): Topology {
  const definitions = desk.definitions.current();
  requireServers(
    definitions.servers.map(({ key }) => key),
    down,
  );
  const asked = { definitions, services: liveServices(desk) };
  const proof = proofs.get(definitions) ?? proofOf(asked);
  proofs.set(definitions, proof);
  const outlooks = down.length === 0 ? [] : whatIf(asked, [down]);
  return { ...proof, down, whatIf: outlooks.flatMap(({ stores }) => stores) };
}

/** What would be proven of changed definitions, and what of it is new. */
export function foresee(desk: Desk, before: Definitions, after: Definitions): ForeseenProof {
  const services = liveServices(desk);
  const known = new Set(
    checkTopology({ definitions: before, services }).map(({ rule, message }) => rule + message),
  );
  const { errors, warnings, advice, findings } = proofOf({ definitions: after, services });
  const fresh = findings.filter(({ rule, message }) => !known.has(rule + message));
  const shown = fresh.slice(0, MOST_FRESH);
  return { errors, warnings, advice, fresh: fresh.length, findings: shown };
}

function proofOf(asked: Parameters<typeof checkTopology>[0]): Proof {
  const estate = survey(asked);
  const findings = checkTopology(asked);
  const count = (severity: TopologyFinding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    edition: editionOf(asked.definitions),
    errors: count('error'),
    warnings: count('warning'),
    advice: count('advice'),
    findings,
    looked: {
      stores: estate.stores.length,
      services: distinctServices(estate).length,
      rules: RULES.length,
    },
  };
}

/** Those of the modules here, a name that two of them define twice, and of the standard list the rest. */
function liveServices({ services: { ofModules, standard } }: Desk) {
  const here = new Set(ofModules.map(({ name }) => name));
  return [...ofModules, ...standard.filter(({ name }) => !here.has(name))];
}

function requireServers(known: readonly string[], asked: readonly string[]): void {
  const strange = asked.filter((key) => !known.includes(key));
  if (strange.length === 0) return;
  const more = known.length - MOST_KEYS;
  const some = known.slice(0, MOST_KEYS).join(', ');
  const there = more > 0 ? `${some} and ${more} more` : some;
  throw new ManageFault(
    400,
    'unknownServer',
    `There is no server with the key ${strange.slice(0, MOST_KEYS).join(', ')}. There are ${there}.`,
  );
}
