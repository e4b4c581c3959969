import { boolean, date, number, standard, text, timestamp } from '../../../query/properties.ts';
import { model } from './model.ts';

export const BusinessPartner = model(
  'BusinessPartner',
  {
    ...standard,
    ...text('organization', 'searchKey', 'name', 'firstName', 'lastName', 'description', 'taxID'),
    ...text('taxCategory', 'paymentMethod', 'paymentTerms', 'invoiceTerms'),
    ...text('priceList', 'priceListName', 'contactId', 'phone', 'email'),
    ...text('businessPartnerCategory', 'businessPartnerCategory_name'),
    ...date('birthDay'),
    ...text('birthPlace'),
    ...timestamp('loaded'),
    ...number('creditLimit', 'creditUsed'),
    ...boolean('priceIncludesTax', 'taxExempt', 'customerBlocking', 'salesOrderBlocking'),
  },
  {
    searchable: [
      ...['id', '_identifier', 'searchKey', 'name', 'firstName', 'lastName', 'taxID'],
      ...['phone', 'email', 'businessPartnerCategory', 'organization', 'priceList', 'active'],
    ],
  },
);

export const BPLocation = model(
  'BPLocation',
  {
    ...standard,
    ...text('bpartner', 'name', 'postalCode', 'cityName', 'countryName', 'countryId'),
    ...text('regionName', 'regionId'),
    ...timestamp('loaded'),
    ...boolean('isBillTo', 'isShipTo'),
  },
  {
    order: ['name'],
    searchable: [
      ...['id', '_identifier', 'bpartner', 'name', 'postalCode', 'cityName', 'countryName'],
      ...['isBillTo', 'isShipTo', 'active'],
    ],
  },
);

const BPCategory = model(
  'BPCategory',
  { ...standard, ...text('searchKey', 'name') },
  { order: ['name'], searchable: ['id', '_identifier', 'searchKey', 'name'] },
);

const SalesRepresentative = model(
  'SalesRepresentative',
  { ...standard, ...text('name', 'username') },
  { order: ['name'], searchable: ['id', '_identifier', 'name', 'username'] },
);

export const customers = [BusinessPartner, BPLocation, BPCategory, SalesRepresentative];
