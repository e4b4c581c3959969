import type { Fault } from '../finding.ts';
import { routeOfService } from '../routes.ts';
import type { Rule } from '../rule.ts';
import { TICKET_SERVICE } from '../service-roles.ts';
import type { StoreView, Survey } from '../store-view.ts';
import { distinctServices } from '../store-view.ts';
import { actorIn, namesOf, tillIn } from '../story.ts';

/** Clients of the second generation hand a transaction to one server, whoever else offers it. */
export const legacyClients: Rule = {
  name: 'legacy-clients',
  check: (survey) => survey.stores.flatMap((view) => faultIn(survey, view) ?? []),
};

function faultIn(survey: Survey, view: StoreView): Fault | undefined {
  const service = distinctServices(survey).find(({ name }) => name === TICKET_SERVICE);
  if (service === undefined) return undefined;
  const { takers, homes } = routeOfService(survey, view, service);
  const [first] = homes;
  const throughStore = takers.some((server) => server.type === 'STORE');
  if (throughStore || first === undefined || homes.length < 2) return undefined;
  return {
    severity: 'advice',
    stores: [view.store],
    servers: homes.map((main) => main.key),
    services: [TICKET_SERVICE],
    message: `In ${view.store.name}, tickets go straight to ${namesOf(homes)}; clients that know only the first depend on it to pass them on.`,
    story: `${tillIn(view)} runs a client of the years 2016 to 2020. It hands its ticket to ${first.name} alone. A Backroom main passes it on to the others; a main that is another program does not, and they never hear of it.`,
    steps: [
      {
        actor: actorIn(view),
        does: 'sells to the customer',
        service: TICKET_SERVICE,
        reaches: [first.key],
      },
    ],
    mend: `Put a store server that offers ${TICKET_SERVICE} in between, or use mains of this program.`,
  };
}
