import type { RowOf } from './row-shape.ts';
import { rowShape } from './row-shape.ts';

/** The rows of master data as far as a till's tickets need them. */

const PRODUCT = {
  id: 'text',
  _identifier: 'text',
  searchkey: 'text',
  uPCEAN: 'text?',
  uOM: 'text',
  uOMsymbol: 'text?',
  uOMstandardPrecision: 'number?',
  productCategory: 'text',
  taxCategory: 'text',
  standardPrice: 'number',
  listPrice: 'number',
  /** Names the picture at the server. */
  imgId: 'text?',
  /** Sold by weight. */
  obposScale: 'flag?',
  returnable: 'flag?',
  isGeneric: 'flag?',
} as const;
export const isProductRow = rowShape(PRODUCT);
export type ProductRow = RowOf<typeof PRODUCT>;

const PRODUCT_PRICE = {
  m_pricelist_id: 'text',
  m_product_id: 'text',
  pricestd: 'number',
  pricelist: 'number?',
} as const;
export const isProductPriceRow = rowShape(PRODUCT_PRICE);
export type ProductPriceRow = RowOf<typeof PRODUCT_PRICE>;

const PRICE_LIST = {
  m_pricelist_id: 'text',
  name: 'text',
  c_currency_id: 'text?',
  priceIncludesTax: 'flag?',
} as const;
export const isPriceListRow = rowShape(PRICE_LIST);
export type PriceListRow = RowOf<typeof PRICE_LIST>;

const CATEGORY = { id: 'text', name: 'text', realCategory: 'yesNo?' } as const;
export const isCategoryRow = rowShape(CATEGORY);

const TAX_RATE = {
  id: 'text',
  name: 'text',
  validFromDate: 'text',
  taxCategory: 'text',
  businessPartnerTaxCategory: 'text?',
  salesPurchaseType: 'text?',
  docTaxAmount: 'text?',
  taxBase: 'text?',
  rate: 'number',
  lineNo: 'number?',
  summaryLevel: 'flag?',
  taxExempt: 'flag?',
  cascade: 'flag?',
} as const;
export const isTaxRateRow = rowShape(TAX_RATE);
export type TaxRateRow = RowOf<typeof TAX_RATE>;

const DISCOUNT = {
  id: 'text',
  name: 'text',
  printName: 'text?',
  discountType: 'text',
  priority: 'number?',
  startingDate: 'text',
  endingDate: 'text?',
  /** Local times of the day, `HH:mm:ss`. */
  startingTime: 'text?',
  endingTime: 'text?',
  discountAmount: 'number?',
  discount: 'number?',
  fixedPrice: 'number?',
  minQuantity: 'number?',
  maxQuantity: 'number?',
  applyNext: 'flag?',
  includedBusinessPartners: 'yesNo?',
  includedBPCategories: 'yesNo?',
  includedProducts: 'yesNo?',
  includedProductCategories: 'yesNo?',
  includePriceLists: 'yesNo?',
  includedOrganizations: 'yesNo?',
  includedCharacteristics: 'yesNo?',
  oBDISCIncludedRoles: 'yesNo?',
  oBDISCX: 'text?',
  oBDISCY: 'text?',
} as const;
export const isDiscountRow = rowShape(DISCOUNT);
export type DiscountRow = RowOf<typeof DISCOUNT>;

/** The filters of discounts: the property that names the discount, and the one that it lists. */
export const DISCOUNT_FILTERS = {
  DiscountFilterBusinessPartner: ['priceAdjustment', 'businessPartner'],
  DiscountFilterBusinessPartnerGroup: ['priceAdjustment', 'businessPartnerCategory'],
  DiscountFilterProduct: ['priceAdjustment', 'product'],
  DiscountFilterProductCategory: ['priceAdjustment', 'productCategory'],
  OfferPriceList: ['m_offer_id', 'm_pricelist_id'],
} as const;
export type DiscountFilterName = keyof typeof DISCOUNT_FILTERS;

const BUSINESS_PARTNER = {
  id: 'text',
  name: 'text',
  searchKey: 'text?',
  phone: 'text?',
  email: 'text?',
  businessPartnerCategory: 'text?',
  businessPartnerCategory_name: 'text?',
  taxCategory: 'text?',
  taxExempt: 'flag?',
  priceList: 'text?',
  paymentMethod: 'text?',
  paymentTerms: 'text?',
  invoiceTerms: 'text?',
} as const;
export const isBusinessPartnerRow = rowShape(BUSINESS_PARTNER);
export type BusinessPartnerRow = RowOf<typeof BUSINESS_PARTNER>;

const LOCATION = {
  id: 'text',
  bpartner: 'text',
  name: 'text',
  postalCode: 'text?',
  cityName: 'text?',
  countryId: 'text?',
  countryName: 'text?',
  isBillTo: 'flag',
  isShipTo: 'flag',
} as const;
export const isLocationRow = rowShape(LOCATION);
export type LocationRow = RowOf<typeof LOCATION>;

export const isReturnReasonRow = rowShape({ id: 'text', name: 'text' });
export const isCountryRow = rowShape({ id: 'text', _identifier: 'text' });
