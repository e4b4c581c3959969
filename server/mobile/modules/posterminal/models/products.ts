import { boolean, key, number, standard, text, yesNo } from '../../../query/properties.ts';
import { model } from './model.ts';

export const Product = model(
  'Product',
  {
    ...standard,
    ...text('searchkey', 'uPCEAN', 'uOM', 'uOMsymbol', 'productCategory', 'taxCategory'),
    // Images make a first load ten times as large: rows carry `imgId` and `img` stays null.
    ...text('img', 'imgId'),
    ...text('description', 'generic_product_id', 'brand', 'characteristicDescription'),
    ...text('productType', 'proposalType', 'quantityRule'),
    ...number('listPrice', 'standardPrice', 'priceLimit', 'cost', 'currentStandardPrice'),
    ...number('uOMstandardPrecision', 'overdueReturnDays', 'deferredSellMaxDays'),
    ...yesNo('includeProducts', 'includeProductCategories'),
    ...boolean('obposScale', 'groupProduct', 'stocked', 'showstock', 'isGeneric', 'showchdesc'),
    ...boolean('bestseller', 'ispack', 'printDescription', 'oBPOSAllowAnonymousSale'),
    ...boolean('returnable', 'isPriceRuleBased', 'availableForMultiline', 'isLinkedToProduct'),
    ...boolean('allowDeferredSell', 'isPrintServices', 'hasAttributes', 'isSerialNo'),
  },
  {
    scope: 'ownPriceList',
    searchable: [
      ...['id', '_identifier', 'searchkey', 'uPCEAN', 'productCategory', 'brand', 'productType'],
      ...['description', 'characteristicDescription', 'generic_product_id', 'taxCategory'],
      ...['isGeneric', 'bestseller', 'ispack', 'listPrice', 'standardPrice', 'active'],
    ],
  },
);

const ProductPrice = model(
  'ProductPrice',
  {
    ...key('m_productprice_id'),
    ...text('m_pricelist_id', 'm_product_id'),
    ...number('pricelist', 'pricestd', 'pricelimit'),
  },
  {
    scope: 'otherPriceLists',
    scopeProperty: 'm_pricelist_id',
    searchable: ['m_productprice_id', 'm_pricelist_id', 'm_product_id'],
  },
);

export const PriceList = model(
  'PriceList',
  {
    ...key('m_pricelist_id'),
    ...text('name'),
    ...boolean('priceIncludesTax'),
    ...text('c_currency_id'),
  },
  {
    scope: 'otherPriceLists',
    scopeProperty: 'm_pricelist_id',
    searchable: ['m_pricelist_id', 'name'],
  },
);

const OfferPriceList = model('OfferPriceList', {
  ...key('m_offer_pricelist_id'),
  ...text('m_offer_id', 'm_pricelist_id'),
});

const ProductBOM = model(
  'ProductBOM',
  {
    ...key('id'),
    ...text('product', 'bomproduct', 'bomtaxcategory'),
    ...number('bomquantity', 'bomprice'),
  },
  { searchable: ['id', 'product'] },
);

const ProductCharacteristicValue = model(
  'ProductCharacteristicValue',
  {
    ...standard,
    ...text('product', 'characteristic', 'characteristicValue'),
    ...boolean('obposFilteronwebpos'),
  },
  { searchable: ['id', '_identifier', 'product', 'characteristic', 'characteristicValue'] },
);

const Characteristic = model('Characteristic', standard, { order: ['_identifier'] });

const CharacteristicValue = model(
  'CharacteristicValue',
  { ...standard, ...text('name', 'characteristic_id', 'parent'), ...boolean('summaryLevel') },
  { order: ['name'], searchable: ['id', '_identifier', 'name', 'characteristic_id', 'parent'] },
);

const Brand = model(
  'Brand',
  { ...key('id'), ...text('name', '_identifier') },
  { order: ['name'], searchable: ['id', '_identifier', 'name'] },
);

const Category = model(
  'Category',
  {
    ...standard,
    ...text('searchKey', 'name', 'img'),
    ...yesNo('realCategory'),
    ...boolean('summaryLevel'),
  },
  // Types of promotions ("N") come after the categories of products.
  { order: ['-realCategory', 'name'], searchable: ['id', '_identifier', 'searchKey', 'name'] },
);

const CategoryTree = model(
  'CategoryTree',
  {
    ...key('id'),
    ...text('categoryId', 'parentId'),
    ...number('seqNo'),
    ...boolean('active'),
  },
  { searchable: ['id', 'categoryId', 'parentId'] },
);

export const products = [
  ...[Product, ProductPrice, PriceList, OfferPriceList, ProductBOM],
  ...[
    ProductCharacteristicValue,
    Characteristic,
    CharacteristicValue,
    Brand,
    Category,
    CategoryTree,
  ],
];
