import { LIMITS } from '../../../contract/limits.ts';
import type { MobileService } from '../../../contract/definitions.ts';
import { durationPreferenceMs } from '../../preferences.ts';
import { durationText } from '../duration-text.ts';
import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { isTransaction, shortName } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, namesOf, tillIn } from '../story.ts';

/** A time that lies within another one is shorter than it. */
export const timeouts: Rule = {
  name: 'timeouts',
  check: (survey) => [
    ...betweenServers(survey),
    ...survey.stores.flatMap((view) => inStore(survey, view)),
  ],
};

/** What a main may take for a transaction fits into the time that a store server waits for it. */
function betweenServers(survey: Survey): Fault[] {
  const limitMs = LIMITS.serverToServerTimeoutMs;
  return distinctServices(survey)
    .filter((service) => isTransaction(service) && service.timeoutMs > limitMs)
    .map((service) => ({
      severity: 'error',
      services: [service.name],
      message: `${service.name} may take ${durationText(service.timeoutMs)}; a store server waits ${durationText(limitMs)} for a main.`,
      story: `A main needs ${durationText(service.timeoutMs)} for ${shortName(service.name)}. The store server gives up after ${durationText(limitMs)} and sends it again, and again: the main is busy with one message and the line behind it waits.`,
      mend: `Give the service a timeout of at most ${durationText(limitMs)}.`,
    }));
}

/** A call that waits for every server of a store in vain. */
interface LongestWait {
  service: MobileService;
  servers: StoreView['servers'];
  totalMs: number;
}

/** At least one, the longest first. */
type Waits = readonly [LongestWait, ...LongestWait[]];

function beyond(longest: LongestWait, waits: readonly LongestWait[], limitMs: number): Waits {
  return [longest, ...waits.filter((wait) => wait !== longest && wait.totalMs >= limitMs)];
}

/** A call that waits for every server in vain ends before the token does, and before the next ping. */
function inStore(survey: Survey, view: StoreView): Fault[] {
  const { definitions } = survey.topology;
  const ageMs = durationPreferenceMs(definitions, 'tokenMaxAge', view.store.id);
  const pingMs = durationPreferenceMs(definitions, 'pingInterval', view.store.id);
  const waits = distinctServices(survey)
    .filter((service) => service.routingType === 'Failover')
    .map((service): LongestWait => {
      const { servers } = routeOfService(survey, view, service);
      return { service, servers, totalMs: service.timeoutMs * servers.length };
    })
    .toSorted((a, b) => b.totalMs - a.totalMs);
  const [longest] = waits;
  if (longest === undefined || longest.servers.length === 0) return [];
  if (longest.totalMs >= ageMs) return [tokenFault(view, beyond(longest, waits, ageMs), ageMs)];
  if (longest.totalMs >= pingMs) return [pingFault(view, beyond(longest, waits, pingMs), pingMs)];
  return [];
}

function tokenFault(view: StoreView, waits: Waits, ageMs: number): Fault {
  return {
    severity: 'error',
    ...waitFault(view, waits, {
      limit: `a token is refused after ${durationText(ageMs)}`,
      end: 'its token is too old for any of them',
    }),
  };
}

function pingFault(view: StoreView, waits: Waits, pingMs: number): Fault {
  return {
    severity: 'warning',
    ...waitFault(view, waits, {
      limit: `an offline server is asked again after ${durationText(pingMs)}`,
      end: 'the first counts as due again',
    }),
  };
}

/** The story is about the service that waits longest, which comes first. */
function waitFault(
  view: StoreView,
  waits: Waits,
  { limit, end }: { limit: string; end: string },
): Omit<Fault, 'severity'> {
  const [{ service, servers, totalMs }] = waits;
  const name = shortName(service.name);
  return {
    stores: [view.store],
    servers: servers.map((server) => server.key),
    services: waits.map((wait) => wait.service.name),
    message: `In ${view.store.name}, ${name} may wait ${durationText(totalMs)} until the last server was tried; ${limit}.`,
    story: `${namesOf(servers)} hang. ${tillIn(view)} calls ${name}, waits ${durationText(service.timeoutMs)} for each, and before it has an answer ${end}.`,
    steps: [{ actor: actorIn(view), does: `calls ${name}`, service: service.name, reaches: [] }],
    mend: 'Give the service a shorter timeout, or the preference a longer time.',
  };
}
