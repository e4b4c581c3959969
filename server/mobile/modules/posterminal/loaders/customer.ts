import { z } from 'zod';
import type { JsonObject } from '../../../../contract/json.ts';
import type { RecordChange } from '../../../../core/change.ts';
import { BPLocation, BusinessPartner } from '../models/customers.ts';
import { flag, instant, name, optionalName, reference } from './fields.ts';
import { distinct, readerOf } from './read.ts';
import { rowValues } from './row-values.ts';

const customerSchema = z.looseObject({
  id: name,
  name: z.string().min(1),
  loaded: instant,
  locId: optionalName,
  shipLocId: optionalName,
  useSameAddrForShipAndInv: flag,
});
type Customer = z.infer<typeof customerSchema>;

/** CustomerLoader: a customer with the addresses to bill and to ship to. */
export const readCustomer = readerOf('customer', customerSchema, (customer, record) => {
  const ids = distinct([customer.id, customer.locId, customer.shipLocId]);
  return {
    changes: [
      {
        kind: 'record',
        model: BusinessPartner.name,
        id: customer.id,
        values: { ...identifier(customer.name, record), ...rowValues(BusinessPartner, record) },
        loadedAt: customer.loaded,
      },
      ...addressesOf(customer, record),
    ],
    needs: [],
    makes: ids,
    orderedAfter: ids,
  };
});

/** One address for both uses, or one for each. */
function addressesOf(customer: Customer, record: JsonObject): RecordChange[] {
  const { locId, shipLocId } = customer;
  const isShared = customer.useSameAddrForShipAndInv || locId === shipLocId;
  const bill = locId ?? (isShared ? shipLocId : null);
  const addresses: RecordChange[] = [];
  if (bill !== null) addresses.push(address(customer, bill, billingValues(record, isShared)));
  if (shipLocId !== null && shipLocId !== bill && !isShared) {
    addresses.push(address(customer, shipLocId, shippingValues(record)));
  }
  return addresses;
}

function address(customer: Customer, id: string, sent: JsonObject): RecordChange {
  const values = rowValues(BPLocation, { id, bpartner: customer.id, ...sent });
  if (typeof sent['name'] === 'string') Object.assign(values, identifier(sent['name'], {}));
  return { kind: 'record', model: BPLocation.name, id, values, loadedAt: customer.loaded };
}

function billingValues(record: JsonObject, isShipTo: boolean): JsonObject {
  return {
    name: record['locName'],
    postalCode: record['postalCode'],
    cityName: record['cityName'],
    countryId: record['countryId'],
    countryName: record['countryName'],
    regionId: record['regionId'],
    regionName: record['regionName'],
    isBillTo: true,
    isShipTo,
  };
}

function shippingValues(record: JsonObject): JsonObject {
  return {
    name: record['shipLocName'],
    postalCode: record['shipPostalCode'],
    cityName: record['shipCityName'],
    countryId: record['shipCountryId'],
    countryName: record['shipCountryName'],
    regionId: record['shipRegionId'],
    regionName: record['shipRegionName'],
    isBillTo: false,
    isShipTo: true,
  };
}

const addressSchema = z.looseObject({
  id: name,
  bpartner: reference,
  name: z.string().nullish(),
  loaded: instant,
});

/** CustomerAddrLoader: one address of a customer, who must be known. */
export const readCustomerAddress = readerOf('address', addressSchema, (sent, record) => {
  const values = { ...identifier(sent.name ?? null, record), ...rowValues(BPLocation, record) };
  const change: RecordChange = {
    kind: 'record',
    model: BPLocation.name,
    id: sent.id,
    values: sent.bpartner === null ? values : { ...values, bpartner: sent.bpartner },
    loadedAt: sent.loaded,
  };
  return {
    changes: [change],
    needs:
      sent.bpartner === null
        ? []
        : [{ kind: 'record', model: BusinessPartner.name, id: sent.bpartner }],
    makes: [sent.id],
    orderedAfter: distinct([sent.id, sent.bpartner]),
  };
});

/** The text by which lists show a row, where the till sends none: its name. */
function identifier(rowName: string | null, record: JsonObject): JsonObject {
  return record['_identifier'] === undefined && rowName !== null ? { _identifier: rowName } : {};
}
