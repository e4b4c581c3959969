import type { Definitions, Organization } from '../contract/definitions.ts';

/** The parent of each organization, worked out once for each list; of two with one id the first counts. */
const known = new WeakMap<readonly Organization[], ReadonlyMap<string, string | null>>();

/** An organization and those above it, itself first. A tree that bites its tail ends where it repeats. */
export function lineageOf(definitions: Definitions, organization: string | null): string[] {
  const parents = parentsOf(definitions.organizations);
  const lineage: string[] = [];
  let at = organization;
  while (at !== null && !lineage.includes(at)) {
    lineage.push(at);
    at = parents.get(at) ?? null;
  }
  return lineage;
}

function parentsOf(organizations: readonly Organization[]): ReadonlyMap<string, string | null> {
  const before = known.get(organizations);
  if (before !== undefined) return before;
  const parents = new Map(organizations.toReversed().map(({ id, parent }) => [id, parent]));
  known.set(organizations, parents);
  return parents;
}
