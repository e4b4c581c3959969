import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { isLogIn, isTransaction, shortName } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, namesOf, tillIn } from '../story.ts';

/** Names in a message, before the rest is only counted. */
const NAMED = 4;

/** Each service has a server in each store that uses servers. Transactions have a rule of their own. */
export const serviceWithoutServer: Rule = {
  name: 'service-without-server',
  check: (survey) =>
    survey.stores
      .filter((view) => view.servers.length > 0)
      .flatMap((view) => faultIn(survey, view) ?? []),
};

function faultIn(survey: Survey, view: StoreView): Fault | undefined {
  const missing = distinctServices(survey)
    .filter((service) => !isTransaction(service))
    .filter((service) => routeOfService(survey, view, service).servers.length === 0)
    .toSorted((a, b) => Number(isLogIn(b)) - Number(isLogIn(a)));
  const [first] = missing;
  if (first === undefined) return undefined;
  const names = missing.slice(0, NAMED).map((service) => shortName(service.name));
  const more = missing.length - names.length;
  const logIn = isLogIn(first);
  const does = logIn ? 'logs a cashier in' : `asks for ${shortName(first.name)}`;
  return {
    severity: 'error',
    stores: [view.store],
    servers: view.servers.map((server) => server.key),
    services: missing.map((service) => service.name),
    message: `In ${view.store.name}, no server offers ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    story: `${tillIn(view)} ${does}. It knows ${namesOf(view.servers)}, and none of them offers that: ${logIn ? 'nobody can sell.' : 'the till goes without it, or does not start.'}`,
    steps: [{ actor: actorIn(view), does, service: first.name, reaches: [] }],
    mend: `Let one of ${namesOf(view.servers)} offer ${missing.length === 1 ? 'it' : 'them'}.`,
  };
}
