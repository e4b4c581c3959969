import type { JsonObject } from '../../../contract/json.ts';
import type { QueryHandler } from '../../module.ts';
import { badRequest } from '../../query/model-query.ts';
import { textParameter } from '../../query/parameter.ts';
import { isRefusal, refuse } from '../../query/refusal.ts';
import { readScope } from '../../query/scope.ts';
import { BPLocation, BusinessPartner } from './models/customers.ts';
import { Product } from './models/products.ts';

/**
 * `master.LoadedProduct {productId}`: one product for a receipt that names it, whether or not it is
 * still sold; no row where it is unknown.
 */
export const loadedProduct: QueryHandler = async (parameters, context) => {
  const id = textParameter(parameters, 'productId') ?? textParameter(parameters, 'id');
  if (id === undefined) return badRequest(refuse('name the product in "productId".'));
  const scope = readScope(Product, parameters, context);
  if (isRefusal(scope)) return badRequest(scope);
  if (scope === 'nothing' || !('own' in scope)) return { ok: true, data: [] };
  return { ok: true, data: found([await context.storage.row(Product.name, scope.own, id)]) };
};

/**
 * `master.LoadedCustomer {bpartnerId, bpLocationId, bpBillLocationId}`: the customer, then the
 * addresses that were asked for, in this order; no row where the customer is unknown.
 */
export const loadedCustomer: QueryHandler = async (parameters, { storage }) => {
  const id = textParameter(parameters, 'bpartnerId') ?? textParameter(parameters, 'id');
  if (id === undefined) return badRequest(refuse('name the customer in "bpartnerId".'));
  const customer = await storage.row(BusinessPartner.name, '', id);
  if (customer === undefined) return { ok: true, data: [] };
  const addressIds = ['bpLocationId', 'bpBillLocationId']
    .map((name) => textParameter(parameters, name))
    .filter((addressId) => addressId !== undefined);
  const addresses = await Promise.all(
    addressIds.map((addressId) => storage.row(BPLocation.name, '', addressId)),
  );
  return { ok: true, data: [customer, ...found(addresses)] };
};

function found(rows: readonly (JsonObject | undefined)[]): JsonObject[] {
  return rows.filter((row) => row !== undefined);
}
