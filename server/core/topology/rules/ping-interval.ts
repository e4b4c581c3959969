import { durationPreferenceMs } from '../../preferences.ts';
import { durationText } from '../duration-text.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { StoreView } from '../store-view.ts';
import { tillIn } from '../story.ts';
import type { Topology } from '../topology.ts';

/** More often than this, the tills of a store are a load of their own on a server that starts. */
const SHORTEST_MS = 10_000;
/** Beyond this a server that is back stays unused for as long as a shop is open in the morning. */
const LONGEST_MS = 60 * 60_000;

/** An offline server is asked often enough to be found again, and not so often that it is a load. */
export const pingInterval: Rule = {
  name: 'ping-interval',
  check: ({ topology, stores }) => stores.flatMap((view) => faultIn(topology, view) ?? []),
};

function faultIn({ definitions }: Topology, view: StoreView): Fault | undefined {
  const pingMs = durationPreferenceMs(definitions, 'pingInterval', view.store.id);
  const [first] = view.servers;
  if (first === undefined || (pingMs >= SHORTEST_MS && pingMs <= LONGEST_MS)) return undefined;
  const every = durationText(pingMs);
  const tooOften = pingMs < SHORTEST_MS;
  return {
    severity: 'warning',
    stores: [view.store],
    message: `In ${view.store.name}, tills ask every ${every} whether a server is back, which is ${tooOften ? 'very often' : 'rarely'}.`,
    story: tooOften
      ? `${first.name} is down. ${tillIn(view)} and every other till call it every ${every}, and when it starts, they are all upon it at once.`
      : `${first.name} is down for a minute. ${tillIn(view)} notices up to ${every} later that it is back, and works without it until then.`,
    mend: 'Five minutes are usual; one minute suits a store whose servers are close.',
  };
}
