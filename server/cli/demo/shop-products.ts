import { barcodeOf, idOf } from './shop-ids.ts';
import type { ListKey, Row } from './shop-rows.ts';
import { EURO, LISTS, standard } from './shop-rows.ts';
import type { DemoSources, ProductSource } from './shop-sources.ts';

/** What the trade pays of the price without tax, per cent. */
const WHOLESALE_PERCENT = 88;
/** What the goods cost of the price without tax, per cent. */
const COST_PERCENT = 62;

/** A size in which a product is sold. */
export interface DemoProduct {
  id: string;
  /** With the size: "Country loaf 1 kg". */
  name: string;
  source: ProductSource;
  /** With tax, per piece or per kilogram. */
  retailCents: number;
  wholesaleCents: number;
  costCents: number;
  isWeighed: boolean;
  isService: boolean;
  barcode: string;
}

/** Every size of every product, in the order of the source. */
export function demoProducts({ products, shop }: DemoSources): DemoProduct[] {
  const rates = new Map(
    shop.taxCategories.map(({ key, rates: history }) => [key, history.at(-1)?.rate ?? 0]),
  );
  const sizes = products.flatMap((source) =>
    source.variants.map((variant) => ({ source, variant })),
  );
  return sizes.map(({ source, variant }, index) => {
    const isWeighed = variant.size === 'kg';
    const name = isWeighed ? source.name : `${source.name} ${variant.size}`;
    const withTax = 100 + (rates.get(source.tax) ?? 0);
    return {
      id: idOf('Product', name),
      name,
      source,
      retailCents: variant.cents,
      wholesaleCents: Math.round((variant.cents * WHOLESALE_PERCENT) / withTax),
      costCents: Math.round((variant.cents * COST_PERCENT) / withTax),
      isWeighed,
      isService: source.tags.includes('service'),
      barcode: barcodeOf(index + 1),
    };
  });
}

/** The rows of Product for a price list. */
export function productRows(
  products: readonly DemoProduct[],
  list: ListKey,
  sources: DemoSources,
): Row[] {
  const bestsellers = new Set(sources.shop.bestsellers);
  return products.map((product, index) => {
    const { source, isWeighed, isService } = product;
    const price = priceOn(product, list) / 100;
    const tags = sources.shop.tags.filter(({ key }) => source.tags.includes(key));
    return {
      ...standard(product.id, product.name),
      searchkey: String(100_001 + index),
      uPCEAN: product.barcode,
      uOM: isWeighed ? idOf('UOM', 'Kilogram') : idOf('UOM', 'Unit'),
      uOMsymbol: isWeighed ? 'kg' : 'Ea',
      productCategory: idOf('Category', source.category),
      taxCategory: idOf('TaxCategory', source.tax),
      img: null,
      imgId: null,
      description: tags.length === 0 ? null : tags.map((tag) => tag.name).join(', '),
      generic_product_id: null,
      brand: idOf('Brand', source.brand),
      characteristicDescription: tags.map((tag) => `Diet: ${tag.name}`).join(', ') || null,
      productType: isService ? 'S' : 'I',
      proposalType: isService ? 'FMA' : null,
      quantityRule: isService ? 'UQ' : null,
      listPrice: price,
      standardPrice: price,
      priceLimit: 0,
      cost: product.costCents / 100,
      currentStandardPrice: price,
      uOMstandardPrecision: isWeighed ? 3 : 0,
      overdueReturnDays: source.category === 'gifts' ? 14 : null,
      deferredSellMaxDays: isService ? 30 : null,
      includeProducts: isService ? 'N' : 'Y',
      includeProductCategories: 'Y',
      obposScale: isWeighed,
      groupProduct: !isWeighed,
      stocked: !isService,
      showstock: !isService,
      isGeneric: false,
      showchdesc: tags.length > 0,
      bestseller: bestsellers.has(source.name),
      ispack: false,
      printDescription: false,
      oBPOSAllowAnonymousSale: true,
      returnable: !isService,
      isPriceRuleBased: product.name === 'Gift wrapping Piece',
      availableForMultiline: isService,
      isLinkedToProduct: isService,
      allowDeferredSell: isService,
      isPrintServices: false,
      hasAttributes: false,
      isSerialNo: false,
    };
  });
}

/** Prices of both lists, for tills that may sell on another list than their own. */
export function productPriceRows(products: readonly DemoProduct[], list: ListKey): Row[] {
  return products.map((product) => ({
    m_productprice_id: idOf('ProductPrice', `${list}/${product.name}`),
    m_pricelist_id: idOf('PriceList', list),
    m_product_id: product.id,
    pricelist: priceOn(product, list) / 100,
    pricestd: priceOn(product, list) / 100,
    pricelimit: 0,
  }));
}

export function priceListRow(list: ListKey): Row {
  return {
    m_pricelist_id: idOf('PriceList', list),
    name: LISTS[list].name,
    priceIncludesTax: LISTS[list].priceIncludesTax,
    c_currency_id: EURO.id,
  };
}

export function brandRows(sources: DemoSources): Row[] {
  const names = [...new Set(sources.products.map((product) => product.brand))];
  return names.map((name) => ({ id: idOf('Brand', name), name, _identifier: name }));
}

export function categoryRows({ categories }: DemoSources): Row[] {
  const parents = new Set(categories.map((category) => category.parent));
  return categories.map(({ key, name }) => ({
    ...standard(idOf('Category', key), name),
    searchKey: key,
    name,
    img: null,
    realCategory: 'Y',
    summaryLevel: parents.has(key),
  }));
}

export function categoryTreeRows({ categories }: DemoSources): Row[] {
  return categories.map(({ key, parent }, index) => ({
    id: idOf('CategoryTree', key),
    categoryId: idOf('Category', key),
    parentId: parent === '' ? '0' : idOf('Category', parent),
    seqNo: (index + 1) * 10,
    active: true,
  }));
}

/** One characteristic, "Diet", whose values are the tags of the products. */
export function characteristicRows(
  products: readonly DemoProduct[],
  { shop }: DemoSources,
): Record<'Characteristic' | 'CharacteristicValue' | 'ProductCharacteristicValue', Row[]> {
  const characteristic = idOf('Characteristic', 'Diet');
  return {
    Characteristic: [standard(characteristic, 'Diet')],
    CharacteristicValue: shop.tags.map(({ key, name }) => ({
      ...standard(idOf('CharacteristicValue', key), name),
      name,
      characteristic_id: characteristic,
      parent: '0',
      summaryLevel: false,
    })),
    ProductCharacteristicValue: products.flatMap((product) =>
      shop.tags
        .filter(({ key }) => product.source.tags.includes(key))
        .map(({ key, name }) => ({
          ...standard(
            idOf('ProductCharacteristicValue', `${product.name}/${key}`),
            `${product.name} - ${name}`,
          ),
          product: product.id,
          characteristic,
          characteristicValue: idOf('CharacteristicValue', key),
          obposFilteronwebpos: true,
        })),
    ),
  };
}

/** What a gift basket is made of, for the tax of its parts. */
export function bomRows(
  products: readonly DemoProduct[],
): Record<'ProductBOM' | 'TaxCategoryBOM', Row[]> {
  const basket = productNamed(products, 'Gift basket Small');
  const parts = ['Crianza red wine 750 ml', 'Pralines 200 g', 'Shortbread Tin'];
  return {
    ProductBOM: parts.map((name) => {
      const part = productNamed(products, name);
      return {
        id: idOf('ProductBOM', `${basket.name}/${name}`),
        product: basket.id,
        bomproduct: part.id,
        bomtaxcategory: idOf('TaxCategory', part.source.tax),
        bomquantity: 1,
        bomprice: part.retailCents / 100,
      };
    }),
    TaxCategoryBOM: [{ id: idOf('TaxCategoryBOM', 'Gift basket') }],
  };
}

/** The product of a name with its size. Throws where the sources have none: a fault in them. */
export function productNamed(products: readonly DemoProduct[], name: string): DemoProduct {
  const found = products.find((product) => product.name === name);
  if (found === undefined) throw new Error(`the demo shop sells no "${name}"`);
  return found;
}

function priceOn(product: DemoProduct, list: ListKey): number {
  return list === 'retail' ? product.retailCents : product.wholesaleCents;
}
