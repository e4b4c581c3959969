import type { Clock, Timers } from '../../../terminal/platform.ts';
import type { Till } from '../../../terminal/till.ts';
import { pieces } from '../../../terminal/ticket.ts';
import { foldedName } from './stock.ts';
import type { ReplayTicket } from './tickets.ts';

/** What a replay needs of a till. */
export interface SellingTill {
  catalogue: Pick<Till['catalogue'], 'products'>;
  sellLines(lines: Parameters<Till['sellLines']>[0]): Promise<unknown>;
}

/** The products of a till's catalogue by folded name. */
type ProductIds = ReadonlyMap<string, string>;

/** Names that a till does not sell. */
export function unsoldNames(till: SellingTill, names: readonly string[]): string[] {
  const ids = productIdsOf(till);
  return names.filter((name) => !ids.has(foldedName(name)));
}

/**
 * Sells the tickets at several tills: each till takes the next one when it is free, waits until it is
 * due (`schedule`: ms after the start), and goes on when a server has it. Resolves when all are
 * accepted.
 */
export async function sellTickets(
  tills: readonly SellingTill[],
  run: {
    tickets: readonly ReplayTicket[];
    schedule: readonly number[];
    clock: Clock;
    timers: Timers;
    onSold: (sold: number) => void;
  },
): Promise<void> {
  const startedMs = run.clock.nowMs();
  let next = 0;
  let sold = 0;
  const serve = async (till: SellingTill): Promise<void> => {
    const ids = productIdsOf(till);
    for (let at = next++; at < run.tickets.length; at = next++) {
      const waitMs = startedMs + (run.schedule[at] ?? 0) - run.clock.nowMs();
      if (waitMs > 0) await run.timers.pause(waitMs);
      await till.sellLines(linesOf(run.tickets[at], ids));
      sold += 1;
      run.onSold(sold);
    }
  };
  await Promise.all(tills.map(serve));
}

function productIdsOf(till: SellingTill): ProductIds {
  const products = [...till.catalogue.products.values()];
  return new Map(products.map(({ row }) => [foldedName(row._identifier), row.id]));
}

function linesOf(
  ticket: ReplayTicket | undefined,
  ids: ProductIds,
): { productId: string; quantity: number }[] {
  return (ticket?.items ?? []).map(({ name, quantity }) => ({
    productId: ids.get(foldedName(name)) ?? name,
    quantity: pieces(quantity),
  }));
}
