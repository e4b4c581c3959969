import type { Routes } from '../../../../server/contract/definitions-api.ts';

type Route = Routes['routes'][number];

/** Services that go the same way. */
export interface RouteGroup {
  routingType: Route['routingType'];
  servers: readonly string[];
  services: readonly string[];
}

/** Puts services that go the same way together; those that nobody offers first, then the most. */
export function groupRoutes(routes: readonly Route[]): RouteGroup[] {
  const groups = Map.groupBy(routes, ({ routingType, servers }) =>
    JSON.stringify([routingType, servers]),
  );
  return [...groups.values()]
    .flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : {
            routingType: first.routingType,
            servers: first.servers,
            services: [first, ...rest].map(({ service }) => service),
          },
    )
    .toSorted(
      (a, b) =>
        Number(a.servers.length > 0) - Number(b.servers.length > 0) ||
        b.services.length - a.services.length,
    );
}
