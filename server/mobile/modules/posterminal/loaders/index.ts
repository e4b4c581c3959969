import type { ServiceDeclaration, TransactionReader } from '../../../module.ts';
import { readCashMovement, readCashup } from './cash.ts';
import { readCustomer, readCustomerAddress } from './customer.ts';
import { readCancelLayaway, readOrder } from './order.ts';

const LOADER_TIMEOUT_MS = 10_000;

/** The transactions of a sale, in the order in which a till sends what depends on each other. */
export const loaders: readonly ServiceDeclaration[] = [
  transaction('CustomerLoader', readCustomer),
  transaction('CustomerAddrLoader', readCustomerAddress),
  transaction('OrderLoader', readOrder),
  transaction('CancelLayawayLoader', readCancelLayaway),
  transaction('ProcessCashMgmt', readCashMovement),
  transaction('ProcessCashClose', readCashup),
];

function transaction(name: string, reader: TransactionReader): ServiceDeclaration {
  return {
    name: `org.openbravo.retail.posterminal.${name}`,
    routingType: 'Transaction',
    timeoutMs: LOADER_TIMEOUT_MS,
    kind: 'transaction',
    reader,
  };
}
