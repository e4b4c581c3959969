import type {
  MobileServer,
  MobileService,
  Organization,
  Terminal,
} from '../../contract/definitions.ts';
import { offeredServices, serversOf } from '../servers.ts';
import type { Topology } from './topology.ts';

/** A store with what its tills may use. */
export interface StoreView {
  store: Organization;
  /** The tills that stand there. */
  tills: readonly Terminal[];
  /** In the order in which they are tried. */
  servers: readonly MobileServer[];
}

/** An estate made ready to be looked at: each server's services are worked out once. */
export interface Survey {
  topology: Topology;
  stores: readonly StoreView[];
  /** Whether a server offers a service. */
  offers(server: MobileServer, service: string): boolean;
  server(key: string): MobileServer | undefined;
}

/** Looks at an estate as each of its stores sees it. */
export function survey(topology: Topology): Survey {
  const { definitions, services } = topology;
  const byKey = new Map(definitions.servers.map((server) => [server.key, server]));
  const tills = Map.groupBy(
    definitions.terminals.filter((till) => till.active),
    (till) => till.organization,
  );
  const offered = new Map<MobileServer, Set<string>>();
  return {
    topology,
    stores: storesOf(topology).map((store) => ({
      store,
      tills: tills.get(store.id) ?? [],
      servers: serversOf(definitions, store.id),
    })),
    offers(server, service) {
      const known = offered.get(server) ?? new Set(offeredServices(server, services));
      offered.set(server, known);
      return known.has(service);
    },
    server: (key) => byKey.get(key),
  };
}

/**
 * The stores of an estate: active organizations where tills stand, and those without children that a
 * server is assigned to. Where no tills are defined at all, every organization without children.
 */
function storesOf({ definitions }: Topology): Organization[] {
  const { organizations, terminals, servers } = definitions;
  const active = organizations.filter((organization) => organization.active);
  const withTills = new Set(
    terminals.filter((till) => till.active).map((till) => till.organization),
  );
  const assigned = new Set(
    servers.filter((server) => server.active).flatMap((server) => server.organizations),
  );
  const parents = new Set(active.map((organization) => organization.parent));
  const isLeaf = ({ id }: Organization): boolean => !parents.has(id);
  return active.filter(
    (organization) =>
      withTills.has(organization.id) ||
      (isLeaf(organization) && (withTills.size === 0 || assigned.has(organization.id))),
  );
}

/** The services of a survey, each name once: the first definition counts. */
export function distinctServices({ topology }: Survey): MobileService[] {
  const byName = new Map<string, MobileService>();
  for (const service of topology.services) {
    if (!byName.has(service.name)) byName.set(service.name, service);
  }
  return [...byName.values()];
}
