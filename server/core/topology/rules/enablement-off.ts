import { multiServerEnabled } from '../../preferences.ts';
import type { Rule } from '../rule.ts';
import { namesOf } from '../story.ts';

/** Servers are defined, so the multi-server architecture is switched on. */
export const enablementOff: Rule = {
  name: 'enablement-off',
  check({ topology: { definitions } }) {
    const servers = definitions.servers.filter((server) => server.active);
    if (servers.length === 0 || multiServerEnabled(definitions)) return [];
    return [
      {
        severity: 'advice',
        servers: servers.map((server) => server.key),
        message: `${servers.length} servers are defined, and the multi-server architecture is switched off.`,
        story: `A till asks for its servers and gets none: it works with the server that its page came from, and never turns to another of ${namesOf(servers)}.`,
        mend: 'Set OBMOBC_MultiServerArchitecture to Y for the system when they are to be used.',
      },
    ];
  },
};
