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

/** A call that waits for every server in vain ends before the token does, and before the next ping. */
function inStore(survey: Survey, view: StoreView): Fault[] {
  const { definitions } = survey.topology;
  const ageMs = durationPreferenceMs(definitions, 'tokenMaxAge', view.store.id);
  const pingMs = durationPreferenceMs(definitions, 'pingInterval', view.store.id);
  return distinctServices(survey).flatMap((service) => {
    const { servers } = routeOfService(survey, view, service);
    if (service.routingType !== 'Failover' || servers.length === 0) return [];
    const totalMs = service.timeoutMs * servers.length;
    if (totalMs >= ageMs) return [faultOf(view, service, { totalMs, limitMs: ageMs, servers })];
    if (totalMs >= pingMs) return [faultOf(view, service, { totalMs, limitMs: pingMs, servers })];
    return [];
  });

  function faultOf(
    at: StoreView,
    service: MobileService,
    times: { totalMs: number; limitMs: number; servers: StoreView['servers'] },
  ): Fault {
    const { totalMs, limitMs, servers } = times;
    const limit =
      limitMs === ageMs ? `a token is refused after` : `an offline server is asked again after`;
    return {
      severity: limitMs === ageMs ? 'error' : 'warning',
      stores: [at.store],
      servers: servers.map((server) => server.key),
      services: [service.name],
      message: `In ${at.store.name}, ${shortName(service.name)} may wait ${durationText(totalMs)} until the last server was tried; ${limit} ${durationText(limitMs)}.`,
      story: `${namesOf(servers)} hang. ${tillIn(at)} calls ${shortName(service.name)}, waits ${durationText(service.timeoutMs)} for each, and before it has an answer ${limitMs === ageMs ? 'its token is too old for any of them' : 'the first counts as due again'}.`,
      steps: [
        {
          actor: actorIn(at),
          does: `calls ${shortName(service.name)}`,
          service: service.name,
          reaches: [],
        },
      ],
      mend: 'Give the service a shorter timeout, or the preference a longer time.',
    };
  }
}
