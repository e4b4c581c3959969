import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { isLogIn, isQuery } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { namesOf, tillIn } from '../story.ts';

/** The store servers of a store offer log-in and queries: that is what they are for. */
export const storeServerRole: Rule = {
  name: 'store-server-role',
  check: (survey) => survey.stores.flatMap((view) => faultIn(survey, view) ?? []),
};

function faultIn(survey: Survey, view: StoreView): Fault | undefined {
  const stores = view.servers.filter((server) => server.type === 'STORE');
  if (stores.length === 0) return undefined;
  const byMainsOnly = distinctServices(survey)
    .filter((service) => isLogIn(service) || isQuery(service))
    .filter((service) => {
      const { servers } = routeOfService(survey, view, service);
      return servers.length > 0 && servers.every((server) => server.type === 'MAIN');
    });
  if (byMainsOnly.length === 0) return undefined;
  const logIn = byMainsOnly.some(isLogIn);
  const queries = byMainsOnly.some(isQuery);
  const what = [...(logIn ? ['log-in'] : []), ...(queries ? ['queries'] : [])].join(' and ');
  return {
    severity: 'advice',
    stores: [view.store],
    servers: stores.map((server) => server.key),
    services: byMainsOnly.map((service) => service.name),
    message: `In ${view.store.name}, ${namesOf(stores)} offers no ${what.replace(' and ', ' and no ')} of its own${logIn && queries ? '' : ' for some services'}; only mains do.`,
    story: `The line of ${view.store.name} is cut. ${tillIn(view)} still reaches ${namesOf(stores)}, and has to do without ${what}, because only a main offers that.`,
    mend: `Let ${namesOf(stores)} offer log-in and queries as well.`,
  };
}
