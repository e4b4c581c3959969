import type { Definitions, MobileService } from '../../contract/definitions.ts';
import type { ClientServer } from '../../core/servers.ts';
import { serversForClient } from '../../core/servers.ts';
import { routeOf } from '../../core/service-match.ts';
import { WATCHED } from '../../../terminal/sightings.ts';

/** Who answers the calls of a till, by Mobile Server Key; null and an empty list where nobody does. */
export interface Answering {
  logIn: string | null;
  products: string | null;
  customers: string | null;
  /** Every server that the till hands a ticket to. */
  tickets: string[];
}

/** A till as the definitions see it. */
export interface TillPlace {
  organization: string;
  /** Key of the server that its page comes from. */
  page: string;
}

/** How the server of a till's page is called where the till knows no other: the standard way. */
export function ownPage(serverKey: string): string {
  return `${serverKey} (own page)`;
}

/** Who must answer the calls of a till, by the definitions and by which servers are up. */
export function expectedAnswers(
  estate: { definitions: Definitions; services: readonly MobileService[] },
  till: TillPlace,
  isUp: (serverKey: string) => boolean,
): Answering {
  const { definitions, services } = estate;
  const at = { organization: till.organization, selfKey: till.page };
  const rows = serversForClient(definitions, services, at);
  if (rows.length === 0) return standardWay(till.page, isUp);
  const keyOf = ({ name }: ClientServer): string =>
    definitions.servers.find((server) => server.name === name)?.key ?? '';
  const offering = (path: string): { key: string; isMain: boolean }[] => {
    const { name } = routeOf(path, services);
    return rows
      .filter((row) => row.allServices || row.services.includes(name))
      .map((row) => ({ key: keyOf(row), isMain: row.mainServer }));
  };
  const first = (path: string): string | null =>
    offering(path).find(({ key }) => isUp(key))?.key ?? null;

  const takers = offering(WATCHED.tickets);
  // Where only mains take tickets, the till itself gives each of them every ticket.
  const everyMain = takers.every(({ isMain }) => isMain);
  const up = takers.filter(({ key }) => isUp(key)).map(({ key }) => key);
  return {
    logIn: first(WATCHED.logIn),
    products: first(WATCHED.products),
    customers: first(WATCHED.customers),
    tickets: everyMain ? up : up.slice(0, 1),
  };
}

/** Where no server is defined for the till, its page's own server does everything. */
function standardWay(page: string, isUp: (serverKey: string) => boolean): Answering {
  const all = isUp(page) ? ownPage(page) : null;
  return { logIn: all, products: all, customers: all, tickets: all === null ? [] : [all] };
}

/** What is not as expected, in words; empty where everything is. */
export function differences(expected: Answering, seen: Answering): string[] {
  const words = (answer: string | null | string[]): string =>
    (Array.isArray(answer) ? answer.toSorted().join(' and ') : answer) || 'nobody';
  return (['logIn', 'products', 'customers', 'tickets'] as const).flatMap((call) => {
    const [wanted, was] = [words(expected[call]), words(seen[call])];
    return wanted === was ? [] : [`${call}: ${was} instead of ${wanted}`];
  });
}
