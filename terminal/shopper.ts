import { cartOf } from './cart.ts';
import type { Catalogue } from './catalogue.ts';
import type { NewCustomer } from './customer.ts';
import type { Chance } from './platform.ts';
import { pieces } from './ticket.ts';
import type { Purchase } from './till-api.ts';

/** Customers of a shop, as the simulated till meets them: everything follows from the chance given. */
export interface Shopper {
  /** Buys for a customer that is named, else now and then for one who is known. */
  purchase(payments: readonly string[], customerId?: string): Purchase;
  newCustomer(): NewCustomer;
  /** Minor units. */
  cashAmount(): number;
}

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Clara',
  'Dario',
  'Elena',
  'Felix',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
];
const LAST_NAMES = [
  'Abad',
  'Brandt',
  'Castell',
  'Duarte',
  'Engel',
  'Ferrer',
  'Gallo',
  'Herzog',
  'Ibarra',
];
const STREETS = ['Mill Lane', 'Market Street', 'Orchard Road', 'Station Road', 'Bridge Street'];

const MOST_LINES = 8;
const LARGEST_CASH_UNITS = 40;

/** Products that a bakery's customer asks for again and again come first in this many draws of ten. */
const FAVOURITE_DRAWS = 6;
const FAVOURITES = 60;

/** Makes a shopper for a catalogue. */
export function createShopper(catalogue: Catalogue, chance: Chance): Shopper {
  const products = [...catalogue.products.values()]
    .filter(({ row }) => row.isGeneric !== true && row['productType'] !== 'S')
    .toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1));
  const customers = [...catalogue.customers.keys()].toSorted();
  const below = (count: number): number => Math.floor(chance.next() * count);
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  };
  const favourites = products.slice(0, FAVOURITES);

  return {
    purchase(payments, customerId) {
      const lines = Array.from({ length: 1 + below(MOST_LINES) }, () => {
        const product = one(below(10) < FAVOURITE_DRAWS ? favourites : products);
        const isWeighed = product.row.obposScale === true;
        const quantity = isWeighed ? 80 + below(1_400) : pieces(1 + below(below(4) === 0 ? 6 : 2));
        return { productId: product.row.id, quantity };
      });
      const isNamed = customers.length > 0 && below(5) === 0;
      const payWith = one(payments);
      return { cart: cartOf(lines, customerId ?? (isNamed ? one(customers) : null)), payWith };
    },
    newCustomer() {
      const [firstName, lastName] = [one(FIRST_NAMES), one(LAST_NAMES)];
      const digits = String(below(1_000_000)).padStart(6, '0');
      return {
        firstName,
        lastName,
        phone: `+34 600 ${digits.slice(0, 3)} ${digits.slice(3)}`,
        email: `${firstName}.${lastName}.${digits}@example.com`.toLowerCase(),
        address: {
          street: `${1 + below(120)} ${one(STREETS)}`,
          postalCode: String(28_000 + below(1_000)),
          city: 'Madrid',
          countryId: '106',
          country: 'Spain',
        },
      };
    },
    cashAmount: () => 100 * (5 + below(LARGEST_CASH_UNITS)),
  };
}
