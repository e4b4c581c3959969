import { standardServices } from '../../start.ts';

const services = standardServices();
const named = (belongs: (name: string) => boolean): string[] =>
  services.map((service) => service.name).filter(belongs);

/** What brings something to a server: tickets, customers, addresses, cash movements, cash-ups. */
export const TRANSACTIONS: readonly string[] = services
  .filter((service) => service.routingType === 'Transaction')
  .map((service) => service.name);

const isQueried = (name: string): boolean => !TRANSACTIONS.includes(name);
const PARTNERS = /\.master\.(?:BusinessPartner|BP)/;

/** Business partners, their addresses and categories. */
export const PARTNER_QUERIES: readonly string[] = named((name) => PARTNERS.test(name));

/** Everything that is asked for but business partners: the log-in, products, prices, and so on. */
export const OTHER_QUERIES: readonly string[] = named(
  (name) => isQueried(name) && !PARTNERS.test(name),
);
