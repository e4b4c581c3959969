import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { TRANSACTIONS, isTransaction, shortName } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, tillIn, wayOf } from '../story.ts';

/** Each transaction of each store that uses servers can reach a main: only there it is safe. */
export const mainReachable: Rule = {
  name: 'main-reachable',
  check: (survey) =>
    survey.stores
      .filter((view) => view.servers.length > 0)
      .flatMap((view) => faultIn(survey, view) ?? []),
};

/** One finding a store; its story is about the first record that goes astray, tickets before others. */
function faultIn(survey: Survey, view: StoreView): Fault | undefined {
  const astray = distinctServices(survey)
    .filter(isTransaction)
    .map((service) => routeOfService(survey, view, service))
    .filter((route) => route.mains.length === 0);
  const services = astray.map((route) => route.service);
  const role = TRANSACTIONS.toSorted((a, b) => rankOf(a.noun) - rankOf(b.noun)).find((each) =>
    services.includes(each.service),
  );
  const route = astray.find((each) => each.service === role?.service) ?? astray[0];
  if (route === undefined) return undefined;
  const does = role?.does ?? `sends ${shortName(route.service)}`;
  const noun = role?.noun ?? 'message';
  const end =
    route.takers.length > 0
      ? 'There it waits for a main that never comes: it is never safe.'
      : 'It stays in the till and is lost with it.';
  return {
    severity: 'error',
    stores: [view.store],
    servers: route.takers.map((server) => server.key),
    services,
    message: `In ${view.store.name}, ${services.map(shortName).join(', ')} can reach no main.`,
    story: `${tillIn(view)} ${does}: the ${noun} ${wayOf(route, [])}. ${end}`,
    steps: [{ actor: actorIn(view), does, service: route.service, reaches: [] }],
    mend: `Let a main that serves ${view.store.name} offer ${services.length === 1 ? 'it' : 'them'}.`,
  };
}

const rankOf = (noun: string): number => (noun === 'ticket' ? 0 : 1);
