import type { Rule } from '../rule.ts';
import { namesOf, tillIn } from '../story.ts';

/** A store that uses servers has a store server, which goes on without the internet. */
export const onlyAMain: Rule = {
  name: 'only-a-main',
  check: ({ stores }) =>
    stores
      .filter(({ servers }) => servers.length > 0)
      .filter(({ servers }) => servers.every((server) => server.type === 'MAIN'))
      .map((view) => ({
        severity: 'advice',
        stores: [view.store],
        servers: view.servers.map((server) => server.key),
        message: `${view.store.name} has main servers only: with the internet, log-in and queries stop.`,
        story: `The line of ${view.store.name} is cut. ${tillIn(view)} sells on into its own queue and no longer reaches ${namesOf(view.servers)}: nobody can log in, and no customer is found who is not on the till.`,
        mend: 'Put a store server into the back room, or into the cloud for several small stores.',
      })),
};
