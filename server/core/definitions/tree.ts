import type { OrganizationNode } from '../../contract/definitions-api.ts';
import type { Definitions, MobileService, Organization } from '../../contract/definitions.ts';
import { serversOfOrganization } from './who-serves.ts';

/**
 * The organizations in the order of the tree, each with its depth, tills and servers. One whose parent
 * is missing counts as a root; those in a cycle come last, as roots too, so that none is out of sight.
 */
export function treeOf(
  definitions: Definitions,
  services: readonly MobileService[],
): OrganizationNode[] {
  const byId = new Map(definitions.organizations.map((row) => [row.id, row]));
  const children = Map.groupBy(definitions.organizations, ({ parent }) =>
    parent !== null && byId.has(parent) ? parent : null,
  );
  const tills = Map.groupBy(
    definitions.terminals.filter(({ active }) => active),
    ({ organization }) => organization,
  );
  const nodes: OrganizationNode[] = [];
  const seen = new Set<string>();
  const visit = (row: Organization, depth: number): void => {
    if (seen.has(row.id)) return;
    seen.add(row.id);
    const servers = serversOfOrganization(definitions, services, row.id);
    nodes.push({ ...row, depth, tills: tills.get(row.id)?.length ?? 0, servers });
    for (const child of byName(children.get(row.id))) visit(child, depth + 1);
  };
  for (const root of byName(children.get(null))) visit(root, 0);
  for (const rest of definitions.organizations) visit(rest, 0);
  return nodes;
}

function byName(rows: readonly Organization[] = []): Organization[] {
  return rows.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
