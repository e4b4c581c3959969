import { openHouse } from '../demo/house.ts';
import type { Progress } from '../demo/progress.ts';
import { buildDemoShop } from '../demo/shop.ts';
import type { Stage } from '../demo/stage.ts';
import { cashierOf, terminalsOf } from '../demo/tills.ts';
import { UsageFault } from '../fault.ts';
import type { ReplayOptions } from './options.ts';
import { itemNames, stockItems } from './stock.ts';
import type { ReplayTicket } from './tickets.ts';

/** Where the tickets are sold. */
export interface Shop {
  serverUrl: string;
  /** Search keys. */
  terminals: readonly string[];
  userName: string;
  pin: string;
  /** The main's database; undefined where it is out of reach. */
  mainDatabase: string | undefined;
}

/** The shop behind a server that runs already; undefined where none is named. */
export function givenShop(options: ReplayOptions): Shop | undefined {
  const { server, terminal, user, pin, mainDatabase } = options;
  if (server === undefined) return undefined;
  if (terminal === undefined || user === undefined || pin === undefined) {
    throw new UsageFault(
      'With --server, say who sells at which till: --terminal SEARCH_KEY (repeat it for more tills), --user NAME and --pin PIN.',
    );
  }
  return { serverUrl: server, terminals: terminal, userName: user, pin, mainDatabase };
}

/** A main and a store server of our own, whose demo shop sells every item of the tickets. */
export async function ownShop(
  tickets: readonly ReplayTicket[],
  options: ReplayOptions,
  { stage, progress }: { stage: Stage; progress: Progress },
): Promise<Shop> {
  progress.phase('Starting a main server and a store server');
  const house = await openHouse({
    ...stage,
    estateOf: (addresses) =>
      stockItems(buildDemoShop({ ...addresses, tills: options.tills }), itemNames(tickets)),
  });
  return {
    serverUrl: house.storeUrl,
    terminals: terminalsOf(house.estate).map((terminal) => terminal.searchKey),
    ...cashierOf(house.estate),
    mainDatabase: house.mainDatabase,
  };
}
