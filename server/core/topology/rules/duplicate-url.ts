import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { comparableUrl } from '../url.ts';

/** No two active servers have one address: they would be one server with two roles in the list. */
export const duplicateUrl: Rule = {
  name: 'duplicate-url',
  check({ topology }) {
    const seen = new Map<string, MobileServer>();
    const faults: Fault[] = [];
    for (const server of topology.definitions.servers) {
      const url = server.active ? comparableUrl(server.url) : undefined;
      if (url === undefined) continue;
      const before = seen.get(url);
      if (before === undefined) seen.set(url, server);
      else faults.push(sameUrl(before, server));
    }
    return faults;
  },
};

function sameUrl(first: MobileServer, second: MobileServer): Fault {
  return {
    severity: 'error',
    servers: [first.key, second.key],
    message: `${first.name} and ${second.name} have the same address, ${first.url}.`,
    story: storyOf(first, second),
    mend: 'Give each its own address, or remove the definition that is too much.',
  };
}

function storyOf(first: MobileServer, second: MobileServer): string {
  if (first.type !== second.type) {
    const [store, main] = first.type === 'STORE' ? [first, second] : [second, first];
    return `${store.name} takes a ticket and passes it on to ${main.name} at ${main.url}, which is its own address. The ticket comes back to ${store.name} and never reaches another machine.`;
  }
  return `${first.name} fails. A till turns to ${second.name}, which is the same machine, waits for it in vain, and counts on a reserve that does not exist.`;
}
