import type { JsonObject } from '../server/contract/json.ts';
import type { Customer } from './catalogue.ts';
import { customerOf } from './catalogue.ts';
import type { LocationRow } from './master-rows.ts';
import type { TerminalSettings } from './terminal-settings.ts';

/** What is asked of a new customer at the till. */
export interface NewCustomer {
  firstName: string;
  lastName: string;
  phone: string;
  email: string;
  address: { street: string; postalCode: string; city: string; countryId: string; country: string };
}

/** Ids and time of a new customer. */
export interface CustomerHead {
  id: string;
  locationId: string;
  searchKey: string;
  timezoneOffset: number;
}

/**
 * A new customer of the till's store, with one address for bills and goods. What the till does not ask
 * is taken from the customer `model`, to whom it sells when nobody in particular buys.
 */
export function newCustomer(
  wanted: NewCustomer,
  head: CustomerHead,
  parts: { settings: TerminalSettings; model: Customer },
): { customer: Customer; record: JsonObject } {
  const { settings, model } = parts;
  const { address } = wanted;
  const name = `${wanted.firstName} ${wanted.lastName}`.trim();
  const row = {
    id: head.id,
    _identifier: name,
    active: true,
    organization: settings.terminal.organization,
    searchKey: head.searchKey,
    name,
    firstName: wanted.firstName,
    lastName: wanted.lastName,
    phone: wanted.phone,
    email: wanted.email,
    priceList: settings.pricelist.id,
    priceIncludesTax: settings.pricelist.priceIncludesTax,
    businessPartnerCategory: model.row.businessPartnerCategory ?? null,
    businessPartnerCategory_name: model.row.businessPartnerCategory_name ?? null,
    paymentMethod: model.row.paymentMethod ?? null,
    paymentTerms: model.row.paymentTerms ?? null,
    invoiceTerms: model.row.invoiceTerms ?? null,
    taxExempt: false,
    customerBlocking: false,
    salesOrderBlocking: false,
    creditLimit: 0,
    creditUsed: 0,
  };
  const location = locationOf(head.id, head.locationId, address);
  const record = {
    ...row,
    client: settings.terminal.client,
    posTerminal: settings.terminal.id,
    loaded: null,
    timezoneOffset: head.timezoneOffset,
    locId: head.locationId,
    locName: address.street,
    postalCode: address.postalCode,
    cityName: address.city,
    countryId: address.countryId,
    countryName: address.country,
    useSameAddrForShipAndInv: true,
  };
  return { customer: { row, billTo: location, shipTo: location }, record };
}

/**
 * A customer whose addresses for bills and goods say something else from now on, and the records of
 * CustomerAddrLoader for it: the address that both share, or one for each.
 */
export function movedCustomer(
  { row, billTo, shipTo }: Customer,
  address: NewCustomer['address'],
  parts: { settings: TerminalSettings; newId: string; timezoneOffset: number },
): { customer: Customer; records: JsonObject[] } {
  const { settings, newId, timezoneOffset } = parts;
  const known = [...new Set([billTo, shipTo])].filter((each) => each !== undefined);
  const uses = { isBillTo: true, isShipTo: true };
  const before: Partial<LocationRow>[] = known.length === 0 ? [{ id: newId, ...uses }] : known;
  const locations = before.map((old) => ({
    ...locationOf(row.id, old.id ?? newId, address),
    isBillTo: old.isBillTo === true,
    isShipTo: old.isShipTo === true,
    // What the till had in hand: a server sees by it whether somebody else was faster.
    loaded: typeof old['loaded'] === 'string' ? old['loaded'] : null,
  }));
  const records = locations.map((location) => ({
    ...location,
    client: settings.terminal.client,
    organization: settings.terminal.organization,
    posTerminal: settings.terminal.id,
    timezoneOffset,
  }));
  return { customer: customerOf(row, locations), records };
}

function locationOf(bpartner: string, id: string, address: NewCustomer['address']) {
  return {
    ...{ id, bpartner, name: address.street, _identifier: address.street, active: true },
    postalCode: address.postalCode,
    cityName: address.city,
    countryId: address.countryId,
    countryName: address.country,
    isBillTo: true,
    isShipTo: true,
  };
}
