import { idOf } from './shop-ids.ts';
import type { ListKey, Row } from './shop-rows.ts';
import { LISTS, LOADED, standard } from './shop-rows.ts';
import type { CustomerSource, DemoSources } from './shop-sources.ts';

/** To whom a till sells when nobody in particular buys. */
const WALK_IN: CustomerSource = {
  key: 'WALKIN',
  firstName: '',
  lastName: 'Walk-in customer',
  category: 'private',
  taxID: '',
  street: 'At the counter',
  postalCode: '28001',
  city: 'Madrid',
  phone: '',
};

/** Ids of the customer and address that every terminal sells to by default. */
export const WALK_IN_CUSTOMER = {
  id: idOf('BusinessPartner', WALK_IN.key),
  address: idOf('BPLocation', WALK_IN.key),
} as const;

export function customerRows(
  sources: DemoSources,
  organization: string,
): Record<'BusinessPartner' | 'BPLocation' | 'BPCategory' | 'SalesRepresentative', Row[]> {
  const customers = [WALK_IN, ...sources.customers];
  const spain = countryId(sources, 'Spain');
  return {
    BPCategory: sources.shop.customerCategories.map(({ key, name }) => ({
      ...standard(idOf('BPCategory', key), name),
      searchKey: key,
      name,
    })),
    BusinessPartner: customers.map((customer) => partnerRow(customer, sources, organization)),
    BPLocation: customers.map((customer) => locationRow(customer, spain)),
    SalesRepresentative: sources.shop.users.map((user) => ({
      ...standard(idOf('User', user.userName), user.name),
      name: user.name,
      username: user.userName,
    })),
  };
}

/** The id of a country: the field's where the source gives one. */
export function countryId({ shop }: DemoSources, name: string): string {
  return shop.countries.find((country) => country.name === name)?.id ?? idOf('Country', name);
}

function partnerRow(customer: CustomerSource, { shop }: DemoSources, organization: string): Row {
  const name = `${customer.firstName} ${customer.lastName}`.trim();
  const list: ListKey = customer.category === 'trade' ? 'wholesale' : 'retail';
  const category = shop.customerCategories.find(({ key }) => key === customer.category);
  return {
    ...standard(idOf('BusinessPartner', customer.key), name),
    organization,
    searchKey: customer.key,
    name,
    firstName: customer.firstName || null,
    lastName: customer.lastName,
    description: null,
    taxID: customer.taxID || null,
    taxCategory: null,
    paymentMethod: idOf('PaymentMethod', 'Cash'),
    paymentTerms: idOf('PaymentTerms', 'Immediate'),
    invoiceTerms: 'I',
    priceList: idOf('PriceList', list),
    priceListName: LISTS[list].name,
    contactId: idOf('Contact', customer.key),
    phone: customer.phone || null,
    email: null,
    businessPartnerCategory: idOf('BPCategory', customer.category),
    businessPartnerCategory_name: category?.name ?? null,
    birthDay: null,
    birthPlace: null,
    loaded: LOADED,
    creditLimit: list === 'wholesale' ? 1_000 : 0,
    creditUsed: 0,
    priceIncludesTax: LISTS[list].priceIncludesTax,
    taxExempt: false,
    customerBlocking: false,
    salesOrderBlocking: false,
  };
}

function locationRow(customer: CustomerSource, country: string): Row {
  return {
    ...standard(idOf('BPLocation', customer.key), `${customer.street}, ${customer.city}`),
    bpartner: idOf('BusinessPartner', customer.key),
    name: customer.street,
    postalCode: customer.postalCode,
    cityName: customer.city,
    countryName: 'Spain',
    countryId: country,
    regionName: 'Madrid',
    regionId: idOf('Region', 'Madrid'),
    loaded: LOADED,
    isBillTo: true,
    isShipTo: true,
  };
}
