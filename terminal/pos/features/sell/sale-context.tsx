import type { Dispatch, ReactNode } from 'react';
import { createContext, use, useMemo, useReducer } from 'react';
import type { Cart } from '../../../cart.ts';
import { EMPTY_CART } from '../../../cart.ts';
import type { Ticket, TicketFault } from '../../../ticket.ts';
import { useCatalogue, useTill } from '../../till-context.tsx';
import type { SaleAction } from './sale.ts';
import { saleReducer } from './sale.ts';

/** The sale that is being rung up. */
export interface Sale {
  cart: Cart;
  act: Dispatch<SaleAction>;
  /** Null while the cart cannot be sold. */
  ticket: Ticket | null;
  fault: TicketFault | null;
}

const SaleContext = createContext<Sale | null>(null);

export function SaleProvider({ children }: { children: ReactNode }) {
  const till = useTill();
  const catalogue = useCatalogue();
  const [cart, act] = useReducer(saleReducer, EMPTY_CART);
  const sale = useMemo(() => {
    // The till prices by its catalogue: another one, other prices.
    if (cart.lines.length === 0 || catalogue.products.size === 0)
      return { cart, act, ticket: null, fault: null };
    const priced = till.price(cart);
    return 'code' in priced
      ? { cart, act, ticket: null, fault: priced }
      : { cart, act, ticket: priced, fault: null };
  }, [till, catalogue, cart]);
  return <SaleContext value={sale}>{children}</SaleContext>;
}

export function useSale(): Sale {
  const sale = use(SaleContext);
  if (sale === null) throw new Error('a screen stands outside the sale');
  return sale;
}
