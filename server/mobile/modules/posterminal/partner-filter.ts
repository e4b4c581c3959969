import type { JsonObject } from '../../../contract/json.ts';
import type { RowFilter, Storage } from '../../../storage/port.ts';
import type { QueryHandler } from '../../module.ts';
import type { RemoteFilter } from '../../query/filters.ts';
import { readRemoteFilters } from '../../query/filters.ts';
import { badRequest } from '../../query/model-query.ts';
import { readPaging } from '../../query/paging.ts';
import type { Refusal } from '../../query/refusal.ts';
import { allOf, isRefusal, quoted, refuse } from '../../query/refusal.ts';
import { BPLocation, BusinessPartner } from './models/customers.ts';
import { textOf } from './read-json.ts';

/** Columns of the search and what they are called in the two models. */
const CUSTOMER_COLUMNS: Readonly<Record<string, string>> = {
  bpName: 'name',
  searchKey: 'searchKey',
  taxID: 'taxID',
  phone: 'phone',
  email: 'email',
  bpCategory: 'businessPartnerCategory',
  id: 'id',
};
const ADDRESS_COLUMNS: Readonly<Record<string, string>> = {
  postalCode: 'postalCode',
  cityName: 'cityName',
  locName: 'name',
};

/** Rows of one answer; a search that finds more is narrowed by the person who searches. */
const MOST_FOUND = 500;
/** Rows looked at for an answer where customers and addresses are both searched. */
const MOST_LOOKED_AT = 5_000;

interface PartnerSearch {
  customers: RowFilter[];
  addresses: RowFilter[];
  /** Rows are addresses with their customer, rather than customers alone. */
  byAddress: boolean;
  limit: number;
  offset: number;
}

/** `master.BPartnerFilter`: a search over customers and, where a filter says `location`, their addresses. */
export const partnerFilter: QueryHandler = async (parameters, { storage }) => {
  const paging = readPaging(parameters);
  if (isRefusal(paging)) return badRequest(paging);
  const filters = readRemoteFilters(parameters['remoteFilters']);
  if (isRefusal(filters)) return badRequest(filters);
  const search = readSearch(filters, paging);
  if (isRefusal(search)) return badRequest(search);
  const data = search.byAddress
    ? await searchAddresses(storage, search)
    : (await page(storage, BusinessPartner.name, search.customers, search)).map((customer) =>
        partnerRow(customer, undefined),
      );
  return { ok: true, data };
};

function readSearch(
  filters: readonly RemoteFilter[],
  paging: { limit: number; offset: number },
): PartnerSearch | Refusal {
  const placed = allOf(filters.map(place));
  if (isRefusal(placed)) return placed;
  const of = (model: string): RowFilter[] =>
    placed.filter((one) => one.model === model).map((one) => one.filter);
  const addresses = of(BPLocation.name);
  return {
    customers: of(BusinessPartner.name),
    addresses,
    byAddress: addresses.length > 0 || filters.some((filter) => filter.raw['location'] === true),
    limit: Math.min(paging.limit, MOST_FOUND),
    offset: paging.offset,
  };
}

function place(filter: RemoteFilter): { model: string; filter: RowFilter } | Refusal {
  const { operator, value } = filter;
  const columns = filter.columns.length > 0 ? filter.columns : ['bpName'];
  for (const [model, names] of [
    [BusinessPartner.name, CUSTOMER_COLUMNS],
    [BPLocation.name, ADDRESS_COLUMNS],
  ] as const) {
    const properties = columns.map((column) =>
      typeof column === 'string' && Object.hasOwn(names, column) ? names[column] : undefined,
    );
    const known = properties.filter((property) => property !== undefined);
    if (known.length === columns.length) {
      return { model, filter: { properties: known, operator, value: String(value) } };
    }
  }
  const all = [...Object.keys(CUSTOMER_COLUMNS), ...Object.keys(ADDRESS_COLUMNS)].join(', ');
  return refuse(
    `BPartnerFilter cannot search by the columns ${quoted(columns)}; its columns are ${all}, in one filter either a customer's or an address's.`,
  );
}

/** Addresses in their order with the customers they belong to, where those fit the search as well. */
async function searchAddresses(storage: Storage, search: PartnerSearch): Promise<JsonObject[]> {
  const { limit, offset } = search;
  if (search.customers.length === 0) {
    return joined(storage, await page(storage, BPLocation.name, search.addresses, search));
  }
  const all = { limit: MOST_LOOKED_AT, offset: 0 };
  const [customers, addresses] = await Promise.all([
    page(storage, BusinessPartner.name, search.customers, all),
    page(storage, BPLocation.name, search.addresses, all),
  ]);
  const byId = new Map(customers.map((customer) => [customer['id'], customer]));
  return addresses
    .flatMap((address) => {
      const customer = byId.get(address['bpartner']);
      return customer === undefined ? [] : [partnerRow(customer, address)];
    })
    .slice(offset, offset + limit);
}

async function joined(storage: Storage, addresses: readonly JsonObject[]): Promise<JsonObject[]> {
  return Promise.all(
    addresses.map(async (address) => {
      const id = textOf(address, 'bpartner') ?? '';
      return partnerRow((await storage.row(BusinessPartner.name, '', id)) ?? { id }, address);
    }),
  );
}

async function page(
  storage: Storage,
  model: string,
  filters: readonly RowFilter[],
  bounds: { limit: number; offset: number },
): Promise<JsonObject[]> {
  const { rows } = await storage.pageOfModel({
    model,
    scope: { own: '' },
    changedAfterMs: null,
    filters,
    order: model === BusinessPartner.name ? [{ property: 'name', descending: false }] : [],
    limit: bounds.limit,
    offset: bounds.offset,
  });
  return JSON.parse(new TextDecoder().decode(rows)) as JsonObject[];
}

/** A row's id is the address's, so that a customer with several addresses is listed with each. */
function partnerRow(customer: JsonObject, address: JsonObject | undefined): JsonObject {
  return {
    id: address?.['id'] ?? customer['id'] ?? null,
    bpartnerId: customer['id'] ?? null,
    bpName: customer['name'] ?? null,
    searchKey: customer['searchKey'] ?? null,
    bpCategory: customer['businessPartnerCategory_name'] ?? null,
    taxID: customer['taxID'] ?? null,
    phone: customer['phone'] ?? null,
    email: customer['email'] ?? null,
    customerBlocking: customer['customerBlocking'] === true,
    salesOrderBlocking: customer['salesOrderBlocking'] === true,
    // The odd spelling is the field's.
    bpLocactionId: address?.['id'] ?? null,
    locName: address?.['name'] ?? null,
    postalCode: address?.['postalCode'] ?? null,
    cityName: address?.['cityName'] ?? null,
    isBillTo: address?.['isBillTo'] ?? null,
    isShipTo: address?.['isShipTo'] ?? null,
  };
}
