import { z } from 'zod';

/** The rows of master data as far as a till's tickets need them; other members are left alone. */

const number = z.number().nullish();
const text = z.string().nullish();
const yesNo = z.enum(['Y', 'N']).nullish();

export const productRow = z.looseObject({
  id: z.string(),
  _identifier: z.string(),
  searchkey: z.string(),
  uPCEAN: text,
  uOM: z.string(),
  uOMsymbol: text,
  uOMstandardPrecision: number,
  productCategory: z.string(),
  taxCategory: z.string(),
  standardPrice: z.number(),
  listPrice: z.number(),
  /** Sold by weight. */
  obposScale: z.boolean().nullish(),
  returnable: z.boolean().nullish(),
  isGeneric: z.boolean().nullish(),
});

export const taxRateRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  validFromDate: z.string(),
  taxCategory: z.string(),
  businessPartnerTaxCategory: text,
  salesPurchaseType: text,
  docTaxAmount: text,
  taxBase: text,
  rate: z.number(),
  lineNo: number,
  summaryLevel: z.boolean().nullish(),
  taxExempt: z.boolean().nullish(),
  cascade: z.boolean().nullish(),
});

export const discountRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  printName: text,
  discountType: z.string(),
  priority: number,
  startingDate: z.string(),
  endingDate: text,
  /** Local times of the day, `HH:mm:ss`. */
  startingTime: text,
  endingTime: text,
  discountAmount: number,
  discount: number,
  fixedPrice: number,
  minQuantity: number,
  maxQuantity: number,
  applyNext: z.boolean().nullish(),
  includedBusinessPartners: yesNo,
  includedBPCategories: yesNo,
  includedProducts: yesNo,
  includedProductCategories: yesNo,
  includePriceLists: yesNo,
  includedOrganizations: yesNo,
  includedCharacteristics: yesNo,
  oBDISCIncludedRoles: yesNo,
  oBDISCX: text,
  oBDISCY: text,
});

/** The filters of discounts: the property that names the discount, and the one that it lists. */
export const DISCOUNT_FILTERS = {
  DiscountFilterBusinessPartner: ['priceAdjustment', 'businessPartner'],
  DiscountFilterBusinessPartnerGroup: ['priceAdjustment', 'businessPartnerCategory'],
  DiscountFilterProduct: ['priceAdjustment', 'product'],
  DiscountFilterProductCategory: ['priceAdjustment', 'productCategory'],
  OfferPriceList: ['m_offer_id', 'm_pricelist_id'],
} as const;
export type DiscountFilterName = keyof typeof DISCOUNT_FILTERS;

export const businessPartnerRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  searchKey: text,
  businessPartnerCategory: text,
  businessPartnerCategory_name: text,
  taxCategory: text,
  taxExempt: z.boolean().nullish(),
  priceList: text,
  paymentMethod: text,
  paymentTerms: text,
  invoiceTerms: text,
});

export const locationRow = z.looseObject({
  id: z.string(),
  bpartner: z.string(),
  name: z.string(),
  isBillTo: z.boolean(),
  isShipTo: z.boolean(),
});

export const returnReasonRow = z.looseObject({ id: z.string(), name: z.string() });

export type ProductRow = z.infer<typeof productRow>;
export type TaxRateRow = z.infer<typeof taxRateRow>;
export type DiscountRow = z.infer<typeof discountRow>;
export type BusinessPartnerRow = z.infer<typeof businessPartnerRow>;
export type LocationRow = z.infer<typeof locationRow>;
