import type { Rule } from '../rule.ts';
import { isLoopback, parsedUrl } from '../url.ts';

/** A loopback address means the machine that asks, so it is right for no other machine. */
export const loopbackUrl: Rule = {
  name: 'loopback-url',
  check({ topology }) {
    const reachable = topology.definitions.servers.filter(
      (server) => server.active && parsedUrl(server.url) !== undefined,
    );
    const loopback = reachable.filter((server) => isLoopback(server.url));
    // An estate that is wholly on one machine is a rehearsal and works there.
    const rehearsal = loopback.length === reachable.length;
    return loopback.map((server) => ({
      severity: rehearsal ? 'advice' : 'error',
      servers: [server.key],
      message: `The address of ${server.name}, ${server.url}, is that of the machine that asks.`,
      story: `A till on another machine calls ${server.url} and reaches itself, where no server answers. It takes ${server.name} for offline.`,
      mend: "Use the machine's address or name on the network.",
    }));
  },
};
