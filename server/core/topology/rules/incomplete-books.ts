import type { Rule } from '../rule.ts';
import { actorIn, listed, namesOf, tillIn } from '../story.ts';
import { dependencyRoutes, withoutIt } from './same-mains.ts';

/** A main that gets tickets gets the cash-ups that close them; else its books stay open. */
export const incompleteBooks: Rule = {
  name: 'incomplete-books',
  check: (survey) =>
    survey.stores.flatMap((view) =>
      dependencyRoutes(survey, view)
        .filter(({ first, then }) => first.role.service !== then.role.service)
        .flatMap(({ first, then }) => {
          const missing = withoutIt(first.route.homes, then.route.homes, survey);
          // What is split is an error already.
          const split = withoutIt(then.route.homes, first.route.homes, survey).length > 0;
          if (missing.length === 0 || split) return [];
          const names = listed(missing.map((main) => main.name));
          return [
            {
              severity: 'warning' as const,
              stores: [view.store],
              servers: missing.map((main) => main.key),
              services: [first.route.service, then.route.service],
              message: `In ${view.store.name}, ${names} gets each ${first.role.noun} and no ${then.role.noun}.`,
              story: `${tillIn(view)} ${first.role.does}: the ${first.role.noun} goes to ${namesOf(first.route.homes)}. It ${then.role.does}: the ${then.role.noun} goes to ${namesOf(then.route.homes)} only. The books of ${names} stay incomplete.`,
              steps: [first, then].map(({ role, route }) => ({
                actor: actorIn(view),
                does: role.does,
                service: route.service,
                reaches: route.homes.map((main) => main.key),
              })),
              mend: `Let ${names} offer ${then.route.service} too, or take ${first.route.service} from it.`,
            },
          ];
        }),
    ),
};
