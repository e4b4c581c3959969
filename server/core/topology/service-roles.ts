import type { MobileService } from '../../contract/definitions.ts';

const POS = 'org.openbravo.retail.posterminal';

/** What a till does with a service, in the words of a story. */
export interface TransactionRole {
  service: string;
  /** "customer" */
  noun: string;
  /** "creates a customer" */
  does: string;
}

const CUSTOMER = { service: `${POS}.CustomerLoader`, noun: 'customer', does: 'creates a customer' };
const ADDRESS = {
  service: `${POS}.CustomerAddrLoader`,
  noun: 'address',
  does: 'gives the customer an address',
};
const TICKET = { service: `${POS}.OrderLoader`, noun: 'ticket', does: 'sells to the customer' };
const CANCELLATION = {
  service: `${POS}.CancelLayawayLoader`,
  noun: 'cancellation',
  does: 'cancels a layaway',
};
const CASH_MOVEMENT = {
  service: `${POS}.ProcessCashMgmt`,
  noun: 'cash movement',
  does: 'puts change into the drawer',
};
const CASH_UP = {
  service: `${POS}.ProcessCashClose`,
  noun: 'cash-up',
  does: 'counts the drawer in the evening',
};
const RETURN = { ...TICKET, noun: 'return', does: 'takes the goods back' };

/** The transactions that Web POS sends. */
export const TRANSACTIONS: readonly TransactionRole[] = [
  CUSTOMER,
  ADDRESS,
  TICKET,
  CANCELLATION,
  CASH_MOVEMENT,
  CASH_UP,
];

/** The ticket itself. */
export const TICKET_SERVICE = TICKET.service;

/**
 * Which record must be where another one goes. A main that gets the second without the first has a
 * record that it cannot enter into its books.
 */
export const DEPENDENCIES: readonly { first: TransactionRole; then: TransactionRole }[] = [
  { first: CUSTOMER, then: ADDRESS },
  { first: CUSTOMER, then: TICKET },
  { first: ADDRESS, then: TICKET },
  { first: TICKET, then: RETURN },
  { first: TICKET, then: CANCELLATION },
  { first: TICKET, then: CASH_UP },
  { first: CASH_MOVEMENT, then: CASH_UP },
];

const TRANSACTION_NAMES = new Set(TRANSACTIONS.map(({ service }) => service));
const LOG_IN = `${POS}/POSLoginHandler`;
const LOG_IN_NAMES = new Set([LOG_IN, `${POS}.POSLoginHandler`]);
/** What a till reads while it sells: master data, its own settings, earlier tickets. */
const QUERY = /\.master\.|\.term\.|\.PaidReceipts/;

/** Whether a service takes records that must become safe at a main. */
export function isTransaction(service: Pick<MobileService, 'name' | 'routingType'>): boolean {
  return service.routingType === 'Transaction' || TRANSACTION_NAMES.has(service.name);
}

/** Whether a service logs a cashier in. */
export function isLogIn(service: Pick<MobileService, 'name'>): boolean {
  return LOG_IN_NAMES.has(service.name);
}

/** Whether a service answers what a till asks while it sells. */
export function isQuery(service: Pick<MobileService, 'name' | 'routingType'>): boolean {
  return !isTransaction(service) && !isLogIn(service) && QUERY.test(service.name);
}

/** The last part of a service's name, for sentences. */
export function shortName(service: string): string {
  return service.split(/[./]/).at(-1) ?? service;
}
