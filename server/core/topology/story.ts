import type { MobileServer, Terminal } from '../../contract/definitions.ts';
import type { ServiceRoute } from './routes.ts';
import type { StoreView } from './store-view.ts';

/** "Till VBS-2 in Bilbao", or "A till in Bilbao" where none is defined. */
export function tillIn({ store, tills }: StoreView): string {
  const [till] = tills;
  return till === undefined ? `A till in ${store.name}` : `Till ${till.searchKey} in ${store.name}`;
}

/** The search key of the store's first till, as a step names its actor; '' where none is defined. */
export function actorIn({ tills }: { tills: readonly Terminal[] }): string {
  return tills[0]?.searchKey ?? '';
}

/** "Central and Backup" */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'nobody';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** The names of servers in a sentence. */
export function namesOf(servers: readonly MobileServer[]): string {
  return listed(servers.map((server) => server.name));
}

/** "goes to Central", "goes through Bilbao to Central and Backup", "stays at Bilbao", "goes nowhere". */
export function wayOf({ takers }: ServiceRoute, mains: readonly MobileServer[]): string {
  const [first] = takers;
  const store = first?.type === 'STORE' ? first : undefined;
  if (mains.length === 0) return store === undefined ? 'goes nowhere' : `stays at ${store.name}`;
  return store === undefined
    ? `goes to ${namesOf(mains)}`
    : `goes through ${store.name} to ${namesOf(mains)}`;
}
