import type {
  MobileServer,
  MobileService,
  Organization,
  Terminal,
} from '../../contract/definitions.ts';
import { membersOf } from '../destination-group.ts';
import { destinationsOf, mainsFor } from '../destinations.ts';
import { offeredServices, serversOf } from '../servers.ts';
import { heldBy } from './replication.ts';
import type { Topology } from './topology.ts';

/** A store with what its tills may use. */
export interface StoreView {
  store: Organization;
  /** The tills that stand there. */
  tills: readonly Terminal[];
  /** In the order in which they are tried. */
  servers: readonly MobileServer[];
  /** Keys of the mains that serve it: stores with the same ones have the same destinations. */
  mains: string;
}

/**
 * An estate made ready to be looked at. What a server offers, where a message goes from stores with the
 * same mains, and what mains come to hold is worked out once: a chain has many stores that are alike.
 */
export interface Survey {
  topology: Topology;
  stores: readonly StoreView[];
  /** Whether a server offers a service. */
  offers(server: MobileServer, service: string): boolean;
  /** Where a message of a store ends, whoever hands it over: the members of each destination. */
  destinations(view: StoreView, service: string): readonly (readonly string[])[];
  /** The keys of the mains that come to hold what these get. */
  heldBy(mains: readonly MobileServer[]): ReadonlySet<string>;
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
  const destinations = new Map<string, readonly (readonly string[])[]>();
  const held = new Map<string, ReadonlySet<string>>();
  return {
    topology,
    stores: storesOf(topology).map((store) => ({
      store,
      tills: tills.get(store.id) ?? [],
      servers: serversOf(definitions, store.id),
      mains: JSON.stringify(mainsFor(definitions, store.id).map(({ key }) => key)),
    })),
    offers: (server, service) =>
      remembered(offered, server, () => new Set(offeredServices(server, services))).has(service),
    destinations: ({ store, mains }, service) =>
      remembered(destinations, `${service} ${mains}`, () =>
        destinationsOf(definitions, services, {
          ...{ service, organization: store.id, sender: null },
          // Wherever it is handed over, it must end at the mains that a store server would send it to.
          self: { key: '', role: 'store' },
        }).map(membersOf),
      ),
    heldBy: (mains) =>
      remembered(held, JSON.stringify(mains.map(({ key }) => key)), () =>
        heldBy(mains, definitions.servers),
      ),
    server: (key) => byKey.get(key),
  };
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, work: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = work();
  known.set(key, value);
  return value;
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
