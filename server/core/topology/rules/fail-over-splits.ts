import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { ServiceRoute } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { TRANSACTIONS, isTransaction } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, namesOf, tillIn } from '../story.ts';
import { withoutIt } from './same-mains.ts';

/** A transaction that one of several mains takes needs mains that are kept alike. */
export const failOverSplits: Rule = {
  name: 'fail-over-splits',
  check: (survey) => survey.stores.flatMap((view) => faultIn(survey, view) ?? []),
};

function faultIn(survey: Survey, view: StoreView): Fault | undefined {
  const split = distinctServices(survey)
    .filter((service) => isTransaction(service) && service.routingType === 'Failover')
    .map((service) => routeOfService(survey, view, service))
    .filter(({ mains, homes }) => withoutIt(mains, homes, survey).length > 0);
  const [route] = split;
  return route === undefined
    ? undefined
    : faultOf(view, route, { services: split.map(({ service }) => service) });
}

function faultOf(
  view: StoreView,
  route: ServiceRoute,
  { services }: { services: string[] },
): Fault {
  const [first, second] = route.mains;
  const role = TRANSACTIONS.find((each) => each.service === route.service);
  const does = role?.does ?? `sends ${route.service}`;
  const noun = role?.noun ?? 'message';
  const [home = '', standIn = ''] = [first?.name, second?.name];
  const step = { actor: actorIn(view), does, service: route.service };
  return {
    severity: 'warning',
    stores: [view.store],
    servers: route.mains.map((main) => main.key),
    services,
    message: `In ${view.store.name}, one of ${namesOf(route.mains)} takes each ${noun}, and they are not kept alike.`,
    story: `${home} is up: ${tillIn(view)} ${does}, and the ${noun} goes to ${home}. ${home} goes down: the next ${noun} goes to ${standIn}, which has not heard of the one before. Only when ${home} is back does it have both; ${standIn} never does.`,
    steps: [
      { ...step, reaches: [first?.key ?? ''] },
      { ...step, reaches: [second?.key ?? ''] },
    ],
    mend: 'Make the service Transaction, so that every main gets it, or keep the mains alike and say so with "replicatesWith".',
  };
}
