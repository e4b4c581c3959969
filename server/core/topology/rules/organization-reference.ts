import type { MobileServer, Terminal } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Servers and tills name organizations that exist and are active. */
export const organizationReference: Rule = {
  name: 'organization-reference',
  check({ topology }) {
    const { organizations, servers, terminals } = topology.definitions;
    const active = new Map(organizations.map(({ id, active }) => [id, active]));
    const ofServers = servers
      .filter((server) => server.active && !server.allOrganizations)
      .flatMap((server) =>
        server.organizations
          .filter((id) => active.get(id) !== true)
          .map((id) => serverFault(server, id, active.has(id))),
      );
    const ofTills = terminals
      .filter((till) => till.active && active.get(till.organization) !== true)
      .map((till) => tillFault(till, active.has(till.organization)));
    return [...ofServers, ...ofTills];
  },
};

function serverFault(server: MobileServer, id: string, known: boolean): Fault {
  return {
    severity: known ? 'warning' : 'error',
    servers: [server.key],
    message: `${server.name} is assigned to the organization ${id}, which ${known ? 'is not active' : 'does not exist'}.`,
    story: `The tills that ${server.name} was meant for are in another organization. They never see it in their list.`,
    mend: known ? 'Take it out of the list, or make it active.' : 'Correct the id, or take it out.',
  };
}

function tillFault(till: Terminal, known: boolean): Fault {
  return {
    severity: known ? 'warning' : 'error',
    message: `Till ${till.searchKey} stands in the organization ${till.organization}, which ${known ? 'is not active' : 'does not exist'}.`,
    story: `Till ${till.searchKey} asks for its servers. It gets those of all organizations only, and none of the store where it stands.`,
    mend: known
      ? 'Make the organization active, or the till inactive.'
      : "Correct the till's organization.",
  };
}
