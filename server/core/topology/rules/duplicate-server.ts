import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Names and Mobile Server Keys are unique: a server finds its own row by its key. */
export const duplicateServer: Rule = {
  name: 'duplicate-server',
  check({ topology }) {
    const { servers } = topology.definitions;
    return [
      ...repeated(servers, (server) => server.key).map(([first, second]) => sameKey(first, second)),
      ...repeated(servers, (server) => server.name.trim().toLowerCase()).map(([first, second]) =>
        sameName(first, second),
      ),
    ];
  },
};

function sameKey(first: MobileServer, second: MobileServer): Fault {
  return {
    severity: 'error',
    servers: [first.key],
    message: `"${first.name}" and "${second.name}" have the same Mobile Server Key, ${first.key}.`,
    story: `The program of "${second.name}" starts with the key ${first.key} and finds the row of "${first.name}". It joins as "${first.name}", and nobody answers for "${second.name}".`,
    mend: `Give one of them another key, in the definition and where that server is started.`,
  };
}

function sameName(first: MobileServer, second: MobileServer): Fault {
  return {
    severity: 'error',
    servers: [first.key, second.key],
    message: `Two servers are called "${first.name}": ${first.key} and ${second.key}.`,
    story: `A till remembers by name which server is online. ${first.key} fails, the till notes that "${first.name}" is offline, and passes over ${second.key} as well.`,
    mend: 'Give each server a name of its own.',
  };
}

/** The pairs of servers whose value was there before. */
function repeated(
  servers: readonly MobileServer[],
  valueOf: (server: MobileServer) => string,
): [MobileServer, MobileServer][] {
  const seen = new Map<string, MobileServer>();
  const pairs: [MobileServer, MobileServer][] = [];
  for (const server of servers) {
    const before = seen.get(valueOf(server));
    if (before === undefined) seen.set(valueOf(server), server);
    else pairs.push([before, server]);
  }
  return pairs;
}
