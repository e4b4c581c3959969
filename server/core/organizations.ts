import type { Definitions } from '../contract/definitions.ts';

/** An organization and those above it, itself first. A tree that bites its tail ends where it repeats. */
export function lineageOf(definitions: Definitions, organization: string | null): string[] {
  const lineage: string[] = [];
  let at = organization;
  while (at !== null && !lineage.includes(at)) {
    lineage.push(at);
    const id = at;
    at = definitions.organizations.find((row) => row.id === id)?.parent ?? null;
  }
  return lineage;
}
