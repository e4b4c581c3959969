import { describe, expect, it } from 'vitest';
import { estateSchema } from '../../server/contract/estate.ts';
import { toModelRow } from '../../server/core/model.ts';
import { toScaled } from '../../server/core/money.ts';
import { buildDemoShop } from '../../server/cli/demo/shop.ts';
import { masterModels } from '../../server/mobile/modules/posterminal/models/index.ts';
import { catalogueOf } from '../../terminal/catalogue.ts';

const options = {
  mainUrl: 'http://127.0.0.1:1/openbravo',
  mainKey: 'HQ',
  storeUrl: 'http://127.0.0.1:2/openbravo',
  storeKey: 'S1',
  tills: 4,
};
const estate = buildDemoShop(options);

const rowsOf = (model: string) => (estate.models[model] ?? []).flatMap((group) => group.rows);
const valuesOf = (model: string, property: string) =>
  rowsOf(model)
    .map((row) => row[property])
    .filter((value) => value !== null);

/** Where a row names another: model, property, and the rows that it must be one of. */
const REFERENCES: readonly (readonly [string, string, string, string])[] = [
  ['Product', 'productCategory', 'Category', 'id'],
  ['Product', 'taxCategory', 'TaxRate', 'taxCategory'],
  ['Product', 'brand', 'Brand', 'id'],
  ['ProductPrice', 'm_product_id', 'Product', 'id'],
  ['ProductPrice', 'm_pricelist_id', 'PriceList', 'm_pricelist_id'],
  ['OfferPriceList', 'm_offer_id', 'Discount', 'id'],
  ['OfferPriceList', 'm_pricelist_id', 'PriceList', 'm_pricelist_id'],
  ['ProductBOM', 'product', 'Product', 'id'],
  ['ProductBOM', 'bomproduct', 'Product', 'id'],
  ['ProductBOM', 'bomtaxcategory', 'TaxRate', 'taxCategory'],
  ['ProductCharacteristicValue', 'product', 'Product', 'id'],
  ['ProductCharacteristicValue', 'characteristic', 'Characteristic', 'id'],
  ['ProductCharacteristicValue', 'characteristicValue', 'CharacteristicValue', 'id'],
  ['CharacteristicValue', 'characteristic_id', 'Characteristic', 'id'],
  ['CategoryTree', 'categoryId', 'Category', 'id'],
  ['BusinessPartner', 'businessPartnerCategory', 'BPCategory', 'id'],
  ['BusinessPartner', 'priceList', 'PriceList', 'm_pricelist_id'],
  ['BPLocation', 'bpartner', 'BusinessPartner', 'id'],
  ['BPLocation', 'countryId', 'Country', 'id'],
  ['TaxRate', 'country', 'Country', 'id'],
  ['TaxZone', 'tax', 'TaxRate', 'id'],
  ['TaxZone', 'fromCountry', 'Country', 'id'],
  ['DiscountFilterProduct', 'product', 'Product', 'id'],
  ['DiscountFilterProductCategory', 'productCategory', 'Category', 'id'],
  ['DiscountFilterBusinessPartner', 'businessPartner', 'BusinessPartner', 'id'],
  ['DiscountFilterBusinessPartnerGroup', 'businessPartnerCategory', 'BPCategory', 'id'],
  ['DiscountFilterCharacteristic', 'offer', 'Discount', 'id'],
  ['DiscountFilterCharacteristic', 'characteristic', 'Characteristic', 'id'],
  ['DiscountFilterCharacteristic', 'chValue', 'CharacteristicValue', 'id'],
  ...['Product', 'ProductCategory', 'BusinessPartner', 'BusinessPartnerGroup', 'Role'].map(
    (name) => [`DiscountFilter${name}`, 'priceAdjustment', 'Discount', 'id'] as const,
  ),
  ['ServiceProduct', 'service', 'Product', 'id'],
  ['ServiceProduct', 'relatedProduct', 'Product', 'id'],
  ['ServiceProductCategory', 'service', 'Product', 'id'],
  ['ServiceProductCategory', 'relatedCategory', 'Category', 'id'],
  ['ServicePriceRuleRange', 'servicepricerule', 'ServicePriceRule', 'id'],
  ['ServicePriceRuleRange', 'priceList', 'PriceList', 'm_pricelist_id'],
  ['ServicePriceRuleRangePrices', 'product', 'Product', 'id'],
  ['ServicePriceRuleRangePrices', 'priceList', 'PriceList', 'm_pricelist_id'],
  ['ServicePriceRuleVersion', 'product', 'Product', 'id'],
  ['ServicePriceRuleVersion', 'servicePriceRule', 'ServicePriceRule', 'id'],
];

describe('the demo shop', () => {
  it('is an estate, and the same in every run', () => {
    expect(estateSchema.parse(estate)).toEqual(estate);
    expect(buildDemoShop(options)).toEqual(estate);
  });

  it.each(masterModels.map((model) => [model.name, model] as const))(
    'has rows of %s with every property, rightly typed',
    (name, model) => {
      expect(rowsOf(name).length).toBeGreaterThan(0);
      for (const row of rowsOf(name)) {
        expect(Object.keys(row)).toEqual(expect.arrayContaining(Object.keys(model.properties)));
        expect(toModelRow(model, row)).not.toHaveProperty('reason');
      }
    },
  );

  it('names no model that does not exist', () => {
    const known = masterModels.map((model) => model.name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(estate.models)));
  });

  it.each(REFERENCES)('%s.%s is one of %s.%s', (model, property, target, targetProperty) => {
    const known = new Set(valuesOf(target, targetProperty));
    const values = valuesOf(model, property);
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((value) => !known.has(value))).toEqual([]);
  });

  it.each(masterModels.map((model) => model.name))(
    '%s has no key twice in a price list',
    (name) => {
      const model = masterModels.find((each) => each.name === name)!;
      const key = Object.keys(model.properties).find((each) => model.properties[each] === 'key')!;
      for (const { rows } of estate.models[name]!) {
        const keys = rows.map((row) => row[key]);
        expect(new Set(keys).size).toBe(keys.length);
      }
    },
  );

  it('sells over 500 products in about 20 categories, each with a barcode that scans', () => {
    const [retail] = estate.models['Product']!;
    const products = retail!.rows;
    expect(products.length).toBeGreaterThanOrEqual(500);
    expect(new Set(products.map((row) => row['productCategory'])).size).toBeGreaterThanOrEqual(20);
    const codes = products.map((row) => row['uPCEAN'] as string);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(code).toMatch(/^\d{13}$/);
      const sum = Array.from(code, Number).reduce(
        (total, digit, place) => total + digit * (place % 2 === 0 ? 1 : 3),
        0,
      );
      expect(sum % 10).toBe(0);
    }
    for (const row of products) {
      const cents = toScaled(row['standardPrice'] as number, 2)!;
      expect(cents).toBeGreaterThan(0);
      expect(cents / 100).toBe(row['standardPrice']);
    }
  });

  it('has customers with addresses, people, and tills that can start a sale', () => {
    expect(rowsOf('BusinessPartner').length).toBeGreaterThanOrEqual(60);
    const addressed = new Set(valuesOf('BPLocation', 'bpartner'));
    expect(valuesOf('BusinessPartner', 'id').filter((id) => !addressed.has(id))).toEqual([]);
    expect(estate.users.map((user) => user.role).toSorted()).toEqual([
      'administrator',
      'cashier',
      'cashier',
      'manager',
    ]);
    for (const user of estate.users) expect(user.pin ?? user.password).toBeDefined();
    const partners = new Set(valuesOf('BusinessPartner', 'id'));
    const addresses = new Set(valuesOf('BPLocation', 'id'));
    for (const terminal of estate.terminals) {
      const config = terminal.config as Record<string, Record<string, unknown>>;
      expect(partners).toContain(config['terminal']!['businessPartner']);
      expect(addresses).toContain(config['terminal']!['partnerAddress']);
      expect(valuesOf('PriceList', 'm_pricelist_id')).toContain(terminal.priceList);
      expect(Object.keys(config)[0]).toBe('terminal');
    }
    const prefixes = estate.terminals.flatMap((terminal) => [
      terminal.docNoPrefix,
      terminal.returnDocNoPrefix,
      terminal.quotationDocNoPrefix,
    ]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  it('joins its organizations, servers and people into one tree', () => {
    const ids = new Set(estate.organizations.map((row) => row.id));
    expect(estate.organizations.filter((row) => row.parent === null)).toHaveLength(1);
    for (const row of estate.organizations)
      expect(row.parent === null || ids.has(row.parent)).toBe(true);
    for (const row of [...estate.users, ...estate.terminals])
      expect(ids).toContain(row.organization);
    const [main, store] = estate.servers;
    expect(main).toMatchObject({ key: 'HQ', type: 'MAIN', url: options.mainUrl });
    expect(store).toMatchObject({ key: 'S1', type: 'STORE', url: options.storeUrl });
    const served = estate.terminals.filter((row) =>
      store!.organizations.includes(row.organization),
    );
    expect(served).toHaveLength(options.tills);
    expect(estate.terminals.slice(0, options.tills)).toEqual(served);
  });

  it('is understood by a till without exception', () => {
    const rows = new Map(Object.keys(estate.models).map((name) => [name, rowsOf(name)]));
    const { catalogue, refused } = catalogueOf(rows);
    expect(refused).toBe(0);
    expect(catalogue.taxes.map((tax) => tax.row.rate).toSorted((a, b) => a - b)).toEqual([
      0, 4, 8, 10, 18, 21,
    ]);
    // Those for organic goods and for staff are left to a person.
    expect(catalogue.priceRules.map((rule) => rule.row.name)).toEqual([
      'Pastry week',
      '3 for 2',
      'Happy hour coffee',
      'Café Central agreement',
      'Trade customers',
    ]);
  });
});
