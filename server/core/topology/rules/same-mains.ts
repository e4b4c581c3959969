import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { ServiceRoute } from '../routes.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import type { TransactionRole } from '../service-roles.ts';
import { DEPENDENCIES } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, listed, namesOf, tillIn, wayOf } from '../story.ts';

/** Each main that gets a record has what the record needs: a ticket its customer, a cash-up its tickets. */
export const sameMains: Rule = {
  name: 'same-mains',
  check: (survey) =>
    survey.stores.flatMap((view) =>
      dependencyRoutes(survey, view).flatMap((pair) => {
        const missing = withoutIt(pair.then.route.homes, pair.first.route.homes, survey);
        return missing.length === 0 ? [] : [faultOf(view, pair, missing)];
      }),
    ),
};

/** A transaction and its way from a store. */
export interface RoutedRole {
  role: TransactionRole;
  route: ServiceRoute;
}

/** The dependencies whose both ends reach a main from a store; the others have a rule of their own. */
export function dependencyRoutes(
  survey: Survey,
  view: StoreView,
): { first: RoutedRole; then: RoutedRole }[] {
  const services = new Map(distinctServices(survey).map((service) => [service.name, service]));
  const routed = (role: TransactionRole): RoutedRole | undefined => {
    const service = services.get(role.service);
    if (service === undefined) return undefined;
    const route = routeOfService(survey, view, service);
    return route.homes.length === 0 ? undefined : { role, route };
  };
  return DEPENDENCIES.flatMap(({ first, then }) => {
    const ends = { first: routed(first), then: routed(then) };
    if (ends.first === undefined || ends.then === undefined) return [];
    return [{ first: ends.first, then: ends.then }];
  });
}

/** Those of the mains that do not come to hold what the others get. */
export function withoutIt(
  mains: readonly MobileServer[],
  others: readonly MobileServer[],
  survey: Survey,
): MobileServer[] {
  const held = survey.heldBy(others);
  return mains.filter((main) => !held.has(main.key));
}

function faultOf(
  view: StoreView,
  { first, then }: { first: RoutedRole; then: RoutedRole },
  missing: readonly MobileServer[],
): Fault {
  const actor = actorIn(view);
  const names = missing.map((main) => main.name);
  const step = ({ role, route }: RoutedRole) => ({
    actor,
    does: role.does,
    service: route.service,
    reaches: route.homes.map((main) => main.key),
  });
  return {
    severity: 'error',
    stores: [view.store],
    servers: missing.map((main) => main.key),
    services: [first.route.service, then.route.service],
    message: `In ${view.store.name}, the ${then.role.noun} goes to ${namesOf(then.route.homes)}, and the ${first.role.noun} that it needs goes to ${namesOf(first.route.homes)}.`,
    story: `${tillIn(view)} ${first.role.does}: the ${first.role.noun} ${wayOf(first.route, first.route.homes)}. It ${then.role.does}: the ${then.role.noun} ${wayOf(then.route, then.route.homes)}. ${listed(names)} never ${names.length === 1 ? 'hears' : 'hear'} of the ${first.role.noun}.`,
    steps: [step(first), step(then)],
    mend: `Let ${listed(names)} offer ${first.route.service} to ${view.store.name} too, or keep the databases alike and say so with "replicatesWith".`,
  };
}
