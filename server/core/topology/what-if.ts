import type { MobileServer, MobileService } from '../../contract/definitions.ts';
import { durationPreferenceMs } from '../preferences.ts';
import { durationText } from './duration-text.ts';
import type { StoreName } from './finding.ts';
import type { ServiceRoute } from './routes.ts';
import { routeOfService } from './routes.ts';
import { isLogIn, isQuery, isTransaction, shortName } from './service-roles.ts';
import type { StoreView, Survey } from './store-view.ts';
import { distinctServices, survey } from './store-view.ts';
import { listed, namesOf } from './story.ts';
import type { Topology } from './topology.ts';

/** Whether something still works. `unknown`: the definitions give the store no servers. */
export type Works = 'yes' | 'partly' | 'no' | 'unknown';

/** Whether one thing works at a store, why, and for how long. */
export interface Outlook {
  works: Works;
  /** In a sentence. */
  reason: string;
  /** How long it goes on like this, ms; null: as long as the servers stay as they are. */
  forMs: number | null;
}

/** What a store can do. */
export interface StoreOutlook {
  store: StoreName;
  /** A cashier logs in. */
  logIn: Outlook;
  /** A till loads master data and looks up customers, products and earlier tickets. */
  query: Outlook;
  /** A till sells. */
  sell: Outlook;
  /** What was sold becomes safe at every main that it is for. */
  confirm: Outlook;
}

/** What stores can do while these servers are down. */
export interface WhatIf {
  /** Mobile Server Keys. */
  down: readonly string[];
  stores: readonly StoreOutlook[];
}

/** Answers for every set of servers what still works at each store. Keys that are not defined count for nothing. */
export function whatIf(topology: Topology, downSets: readonly (readonly string[])[]): WhatIf[] {
  const estate = survey(topology);
  return downSets.map((down) => answer(estate, estate.stores, down));
}

/** The question that is asked most: each active server down alone, at the stores that it serves. */
export function whatIfEach(topology: Topology): WhatIf[] {
  const estate = survey(topology);
  return topology.definitions.servers
    .filter((server) => server.active)
    .map((server) => {
      const touched = estate.stores.filter((view) => view.servers.includes(server));
      return answer(estate, touched, [server.key]);
    });
}

function answer(estate: Survey, stores: readonly StoreView[], down: readonly string[]): WhatIf {
  const keys = new Set(down);
  return { down, stores: stores.map((view) => outlookOf(estate, view, keys)) };
}

/** A store with the routes of its services, and which servers are up. */
interface Scene {
  view: StoreView;
  routes: readonly { service: MobileService; route: ServiceRoute }[];
  isUp: (server: MobileServer) => boolean;
  tokenAgeMs: number;
}

function outlookOf(estate: Survey, view: StoreView, down: ReadonlySet<string>): StoreOutlook {
  const { id, name } = view.store;
  const store = { id, name };
  if (view.servers.length === 0) {
    const reason = 'No server is assigned: its tills use the one that their page comes from.';
    const outlook: Outlook = { works: 'unknown', reason, forMs: null };
    return { store, logIn: outlook, query: outlook, sell: outlook, confirm: outlook };
  }
  const scene: Scene = {
    view,
    routes: distinctServices(estate).map((service) => ({
      service,
      route: routeOfService(estate, view, service),
    })),
    isUp: (server) => !down.has(server.key),
    tokenAgeMs: durationPreferenceMs(estate.topology.definitions, 'tokenMaxAge', id),
  };
  return {
    store,
    logIn: logInOf(scene),
    query: queryOf(scene),
    sell: sellOf(scene),
    confirm: confirmOf(scene),
  };
}

function logInOf({ routes, isUp, tokenAgeMs }: Scene): Outlook {
  const offering = routes.filter(({ service }) => isLogIn(service));
  const first = offering.flatMap(({ route }) => route.servers).find(isUp);
  if (first !== undefined) return { works: 'yes', reason: `${first.name} logs in.`, forMs: null };
  const reason = `No server that logs in is up. Who is logged in stays so for at most ${durationText(tokenAgeMs)}.`;
  return { works: 'no', reason, forMs: tokenAgeMs };
}

function queryOf({ routes, isUp }: Scene): Outlook {
  const queries = routes.filter(({ service }) => isQuery(service));
  const answered = queries.filter(({ route }) => route.servers.some(isUp));
  if (answered.length === 0) {
    const reason = 'No server answers queries. Tills sell from what they have loaded.';
    return { works: 'no', reason, forMs: null };
  }
  const answering = new Set(answered.flatMap(({ route }) => route.servers.find(isUp) ?? []));
  const by = namesOf([...answering]);
  if (answered.length === queries.length) {
    return { works: 'yes', reason: `Answered by ${by}.`, forMs: null };
  }
  const silent = queries.filter((query) => !answered.includes(query));
  const names = silent.map(({ service }) => shortName(service.name));
  const reason = `Answered by ${by}, except ${listed(names)}.`;
  return { works: 'partly', reason, forMs: null };
}

/** A till without a server sells on into its own queue, as long as its cashier stays logged in. */
function sellOf(scene: Scene): Outlook {
  const { routes, isUp, tokenAgeMs } = scene;
  const transactions = routes.filter(({ service }) => isTransaction(service));
  const takers = transactions.map(({ route }) => route.takers.find(isUp));
  if (takers.every((taker) => taker !== undefined)) {
    return {
      works: 'yes',
      reason: `${namesOf([...new Set(takers)])} takes what is sold.`,
      forMs: null,
    };
  }
  const kept = 'Tills that are logged in sell on and keep it in their own queue';
  if (logInOf(scene).works === 'yes') {
    const reason = `${kept} until a server takes it; it is lost if the till is lost before.`;
    return { works: 'yes', reason, forMs: null };
  }
  const reason = `${kept}, for ${durationText(tokenAgeMs)} at most; a till that is restarted cannot log in.`;
  return { works: 'partly', reason, forMs: tokenAgeMs };
}

function confirmOf({ routes, isUp }: Scene): Outlook {
  const transactions = routes.filter(({ service }) => isTransaction(service));
  const fates = transactions.map(({ route }) => fateOf(route, isUp));
  const worst =
    fates.find(({ works }) => works === 'no') ?? fates.find(({ works }) => works === 'partly');
  if (worst === undefined) {
    return { works: 'yes', reason: 'Every main that it is for is within reach.', forMs: null };
  }
  const alike = transactions.filter((_, at) => fates[at]?.reason === worst.reason);
  const all = alike.length === transactions.length;
  const names = alike.map(({ service }) => shortName(service.name));
  const reason = `${worst.reason}: ${all ? 'everything' : listed(names)}.`;
  const none = fates.every(({ works }) => works === 'no');
  return { works: none ? 'no' : 'partly', reason, forMs: null };
}

/** Whether one transaction reaches all its mains; with Fail Over, one of them is enough. */
function fateOf(route: ServiceRoute, isUp: Scene['isUp']): { works: Works; reason: string } {
  if (route.mains.length === 0) return { works: 'no', reason: 'Can reach no main at all' };
  const taker = route.takers.find(isUp);
  if (taker === undefined) {
    return { works: 'no', reason: `Stays in the tills, for want of ${namesOf(route.takers)}` };
  }
  const missing = route.mains.filter((main) => !isUp(main));
  const reached = route.mains.length - missing.length;
  const enough = route.routingType === 'Failover' ? reached > 0 : missing.length === 0;
  if (enough) return { works: 'yes', reason: '' };
  // Where all are mains, the till hands its message to each of them and keeps it until the last has it.
  const byTill = route.takers.every((server) => server.type === 'MAIN');
  const place = byTill ? 'in the tills' : `at ${taker.name}`;
  const reason = `Waits ${place} for ${namesOf(missing)}`;
  return { works: reached > 0 ? 'partly' : 'no', reason };
}
