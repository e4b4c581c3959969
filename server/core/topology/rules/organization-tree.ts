import type { Organization } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Organizations are a tree: each id once, each parent there, none above itself. */
export const organizationTree: Rule = {
  name: 'organization-tree',
  check({ topology }) {
    const { organizations } = topology.definitions;
    const byId = new Map(organizations.map((organization) => [organization.id, organization]));
    return [
      ...repeatedIds(organizations),
      ...organizations
        .filter(({ parent }) => parent !== null && !byId.has(parent))
        .map(unknownParent),
      ...circles(organizations, byId).map(circle),
    ];
  },
};

function repeatedIds(organizations: readonly Organization[]): Fault[] {
  return organizations
    .filter(({ id }, at) => organizations.findIndex((other) => other.id === id) < at)
    .map((second) => ({
      severity: 'error',
      stores: [second],
      message: `The id ${second.id} is given to a second organization, "${second.name}".`,
      story: `A server that is assigned to ${second.id} serves whichever of the two is read first.`,
      mend: 'Give each organization an id of its own.',
    }));
}

function unknownParent(organization: Organization): Fault {
  return {
    severity: 'error',
    stores: [organization],
    message: `The parent of ${organization.name}, ${String(organization.parent)}, does not exist.`,
    story: `A server is assigned to the region above ${organization.name}. The tills in ${organization.name} never see it, because the way up ends at an organization that is not there.`,
    mend: `Name an organization of this estate as its parent, or null at the top.`,
  };
}

function circle(members: readonly Organization[]): Fault {
  const names = members.map(({ name }) => name);
  const [first = ''] = names;
  return {
    severity: 'error',
    stores: members,
    message: `These organizations are above each other in a circle: ${[...names, first].join(' → ')}.`,
    story: `A server is assigned to ${first}. It should serve those below, and each of these is below every other: all get it, whatever was meant, and none of them gets what is set at the top.`,
    mend: `Give ${first} the parent that is really above it.`,
  };
}

/** Each circle once, from its member that comes first. */
function circles(
  organizations: readonly Organization[],
  byId: ReadonlyMap<string, Organization>,
): Organization[][] {
  const done = new Set<string>();
  const found: Organization[][] = [];
  for (const start of organizations) {
    const way: Organization[] = [];
    let at: Organization | undefined = start;
    while (at !== undefined && !done.has(at.id)) {
      done.add(at.id);
      way.push(at);
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
    const closing = at;
    const from = way.findIndex((member) => member.id === closing?.id);
    if (from >= 0) found.push(way.slice(from));
  }
  return found;
}
