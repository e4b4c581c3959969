import type { OpenRoute } from '../../core/stale-routes.ts';
import type { Query } from '../sql.ts';
import { OPEN_ENTRIES, SENDER, senderKey } from './open-entries.ts';
import type { Work } from './work.ts';

interface Row {
  service: string;
  organization: string;
  sender: string;
  also_by_till: number;
}

const ROUTES: Query<Row & { entries: number }> = {
  text: `SELECT service, organization, ${SENDER} AS sender, also_by_till, count(*) AS entries
    FROM entry WHERE entry_no IN (${OPEN_ENTRIES}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
};
const DESTINATIONS: Query<Row & { destination: string; live: number; waiting: number }> = {
  text: `SELECT entry.service, entry.organization, ${SENDER} AS sender, entry.also_by_till,
      delivery.destination,
      sum(CASE WHEN delivery.state = 'withdrawn' THEN 0 ELSE 1 END) AS live,
      sum(CASE WHEN delivery.state IN ('waiting', 'parked') THEN 1 ELSE 0 END) AS waiting
    FROM entry JOIN delivery ON delivery.entry_no = entry.entry_no
    WHERE entry.entry_no IN (${OPEN_ENTRIES}) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
};

/** Open messages by what decides where they go; see the port. */
export async function openRoutes({ sql }: Work): Promise<OpenRoute[]> {
  const routes = await sql.all(ROUTES);
  const destinations = await sql.all(DESTINATIONS);
  return routes.map((route) => ({
    service: route.service,
    organization: route.organization,
    sender: senderKey(route.sender),
    alsoByTill: route.also_by_till === 1,
    entries: route.entries,
    destinations: destinations
      .filter((row) => isOf(row, route))
      .map(({ destination, live, waiting }) => ({ destination, live, waiting })),
  }));
}

function isOf(one: Row, other: Row): boolean {
  return (
    one.service === other.service &&
    one.organization === other.organization &&
    one.sender === other.sender &&
    one.also_by_till === other.also_by_till
  );
}
