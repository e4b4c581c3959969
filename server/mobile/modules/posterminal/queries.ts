import type { QueryHandler, ServiceDeclaration } from '../../module.ts';
import { cashup } from './cashup.ts';
import { loadedCustomer, loadedProduct } from './loaded.ts';
import { MASTER } from './models/model.ts';
import { partnerFilter } from './partner-filter.ts';
import { paidReceipts } from './receipts/paid-receipts.ts';
import { paidReceiptsFilter } from './receipts/paid-receipts-filter.ts';
import { paidReceiptsHeader } from './receipts/paid-receipts-header.ts';
import { terminalQuery } from './terminal/terminal.ts';

const POS = 'org.openbravo.retail.posterminal';

function query(name: string, timeoutMs: number, answer: QueryHandler): ServiceDeclaration {
  return { name, routingType: 'Failover', timeoutMs, kind: 'query', answer };
}

/** A path of its own: the log-in and what comes before it. */
function listed(name: string, timeoutMs: number): ServiceDeclaration {
  return { name, routingType: 'Failover', timeoutMs, kind: 'listed' };
}

/** The queries that are more than a page of a model. */
export const queries: readonly ServiceDeclaration[] = [
  query(`${MASTER}.LoadedProduct`, 5_000, loadedProduct),
  query(`${MASTER}.LoadedCustomer`, 5_000, loadedCustomer),
  query(`${MASTER}.BPartnerFilter`, 5_000, partnerFilter),
  query(`${MASTER}.Cashup`, 5_000, cashup),
  query(`${MASTER}.CashupSynchronized`, 5_000, cashup),
  query(`${POS}.term.Terminal`, 20_000, terminalQuery),
  query(`${POS}.PaidReceiptsHeader`, 15_000, paidReceiptsHeader),
  query(`${POS}.PaidReceiptsFilter`, 15_000, paidReceiptsFilter),
  query(`${POS}.PaidReceipts`, 30_000, paidReceipts),
  // Clients use the name with a slash and look it up with a dot as well.
  listed(`${POS}/POSLoginHandler`, 5_000),
  listed(`${POS}.POSLoginHandler`, 5_000),
  listed(`${POS}.service.loginutils`, 20_000),
];
