import type { Rule } from '../rule.ts';

/** A priority is a whole number: servers are put in order by it. */
export const priorityNumber: Rule = {
  name: 'priority-number',
  check({ topology }) {
    return topology.definitions.servers
      .filter((server) => !Number.isInteger(server.priority))
      .map((server) => ({
        severity: 'error',
        servers: [server.key],
        message: `The priority of ${server.name} is ${String(server.priority)}, which is no whole number.`,
        story: `A till puts its servers in order. ${server.name} is neither before nor after the others, so two tills of one store may try them in different orders.`,
        mend: 'Give it a whole number; the lowest is tried first.',
      }));
  },
};
