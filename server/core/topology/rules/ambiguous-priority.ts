import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { isTransaction, shortName } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, tillIn } from '../story.ts';

/** Of the servers that a store tries for one service, no two have the same priority. */
export const ambiguousPriority: Rule = {
  name: 'ambiguous-priority',
  check: (survey) => survey.stores.flatMap((view) => faultsIn(survey, view)),
};

function faultsIn(survey: Survey, view: StoreView): Fault[] {
  const faults: Fault[] = [];
  view.servers.forEach((first, at) => {
    for (const second of view.servers.slice(at + 1)) {
      if (second.priority !== first.priority) break;
      const shared = sharedServices(survey, first, second);
      if (shared.length > 0) faults.push(faultOf(view, [first, second], shared));
    }
  });
  return faults;
}

/** What both offer and a till asks of one of them: transactions only where both are store servers. */
function sharedServices(survey: Survey, first: MobileServer, second: MobileServer): string[] {
  const bothStores = first.type === 'STORE' && second.type === 'STORE';
  return distinctServices(survey)
    .filter((service) =>
      isTransaction(service)
        ? bothStores || service.routingType === 'Failover'
        : service.routingType === 'Failover',
    )
    .map((service) => service.name)
    .filter((name) => survey.offers(first, name) && survey.offers(second, name));
}

function faultOf(
  view: StoreView,
  [first, second]: readonly [MobileServer, MobileServer],
  services: readonly string[],
): Fault {
  const service = services[0] ?? '';
  return {
    severity: 'error',
    stores: [view.store],
    servers: [first.key, second.key],
    services,
    message: `In ${view.store.name}, ${first.name} and ${second.name} both have priority ${first.priority} and offer the same ${services.length === 1 ? 'service' : `${services.length} services`}.`,
    story: `${tillIn(view)} calls ${shortName(service)}. Whether ${first.name} or ${second.name} is asked first is nobody's decision: our tills go by the key, others by the order in which the rows come.`,
    steps: [
      {
        actor: actorIn(view),
        does: `calls ${shortName(service)}`,
        service,
        reaches: [first.key],
      },
    ],
    mend: `Give the one that is to be tried first a lower number.`,
  };
}
