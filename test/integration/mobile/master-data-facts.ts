/**
 * What clients expect of each model, noted by hand from the description of the interface and not
 * derived from the declarations, so that a mistake there is seen. Names are exact, odd spellings
 * included. `order` is what decides before the id; `-` is descending.
 */
export interface ModelFacts {
  key: string;
  text?: string;
  number?: string;
  boolean?: string;
  yesNo?: string;
  date?: string;
  timestamp?: string;
  order?: string;
  prices?: 'own' | 'others';
}

const std = { key: 'id' };

export const MODEL_FACTS: Record<string, ModelFacts> = {
  Product: {
    ...std,
    text: '_identifier searchkey uPCEAN uOM uOMsymbol productCategory taxCategory img imgId description generic_product_id brand characteristicDescription productType proposalType quantityRule',
    number:
      'listPrice standardPrice priceLimit cost currentStandardPrice uOMstandardPrecision overdueReturnDays deferredSellMaxDays',
    yesNo: 'includeProducts includeProductCategories',
    boolean:
      'active obposScale groupProduct stocked showstock isGeneric showchdesc bestseller ispack printDescription oBPOSAllowAnonymousSale returnable isPriceRuleBased availableForMultiline isLinkedToProduct allowDeferredSell isPrintServices hasAttributes isSerialNo',
    prices: 'own',
  },
  ProductPrice: {
    key: 'm_productprice_id',
    text: 'm_pricelist_id m_product_id',
    number: 'pricelist pricestd pricelimit',
    prices: 'others',
  },
  PriceList: {
    key: 'm_pricelist_id',
    text: 'name c_currency_id',
    boolean: 'priceIncludesTax',
    prices: 'others',
  },
  OfferPriceList: { key: 'm_offer_pricelist_id', text: 'm_offer_id m_pricelist_id' },
  ProductBOM: { ...std, text: 'product bomproduct bomtaxcategory', number: 'bomquantity bomprice' },
  ProductCharacteristicValue: {
    ...std,
    text: '_identifier product characteristic characteristicValue',
    boolean: 'active obposFilteronwebpos',
  },
  Characteristic: { ...std, text: '_identifier', boolean: 'active', order: '_identifier' },
  CharacteristicValue: {
    ...std,
    text: '_identifier name characteristic_id parent',
    boolean: 'active summaryLevel',
    order: 'name',
  },
  Brand: { ...std, text: 'name _identifier', order: 'name' },
  Category: {
    ...std,
    text: '_identifier searchKey name img',
    yesNo: 'realCategory',
    boolean: 'active summaryLevel',
    order: '-realCategory name',
  },
  CategoryTree: { ...std, text: 'categoryId parentId', number: 'seqNo', boolean: 'active' },
  BusinessPartner: {
    ...std,
    text: '_identifier organization searchKey name firstName lastName description taxID taxCategory paymentMethod paymentTerms invoiceTerms priceList priceListName contactId phone email businessPartnerCategory businessPartnerCategory_name birthPlace',
    date: 'birthDay',
    timestamp: 'loaded',
    number: 'creditLimit creditUsed',
    boolean: 'active priceIncludesTax taxExempt customerBlocking salesOrderBlocking',
  },
  BPLocation: {
    ...std,
    text: '_identifier bpartner name postalCode cityName countryName countryId regionName regionId',
    timestamp: 'loaded',
    boolean: 'active isBillTo isShipTo',
    order: 'name',
  },
  BPCategory: { ...std, text: '_identifier searchKey name', boolean: 'active', order: 'name' },
  ReturnReason: { ...std, text: '_identifier searchKey name', boolean: 'active', order: 'name' },
  SalesRepresentative: {
    ...std,
    text: '_identifier name username',
    boolean: 'active',
    order: 'name',
  },
  Country: { ...std, text: '_identifier', order: '_identifier' },
  TaxCategoryBOM: { ...std },
  CurrencyPanel: {
    ...std,
    text: '_identifier currency backcolor bordercolor',
    number: 'amount lineNo',
    order: 'lineNo',
  },
  TaxRate: {
    ...std,
    text: '_identifier name description taxSearchKey parentTaxRate country region destinationCountry destinationRegion taxCategory businessPartnerTaxCategory salesPurchaseType baseAmount taxBase docTaxAmount',
    date: 'validFromDate',
    number: 'rate lineNo',
    boolean: 'active summaryLevel default taxExempt cascade',
    order: '-validFromDate',
  },
  TaxZone: {
    ...std,
    text: 'tax fromCountry fromRegion destinationCountry destinationRegion',
    boolean: 'active',
  },
  Discount: {
    ...std,
    text: '_identifier name printName description discountType oBDISCX oBDISCY oBDISCSubtype oBDISCDistribute obdiscPrice oBDISCCCurrency obdiscUpc obdiscAmt obdiscPercentage obdiscApprovalRequired',
    date: 'startingDate endingDate',
    number: 'priority discountAmount discount fixedPrice minQuantity maxQuantity multiple',
    boolean: 'active applyNext ismultiple',
    yesNo:
      'includedBusinessPartners includedBPCategories includedProducts includedProductCategories includePriceLists includedOrganizations includedCharacteristics oBDISCIncludedRoles',
    order: 'priority',
  },
  DiscountFilterBusinessPartner: {
    ...std,
    text: '_identifier priceAdjustment businessPartner',
    boolean: 'active',
    order: 'priceAdjustment',
  },
  DiscountFilterBusinessPartnerGroup: {
    ...std,
    text: '_identifier priceAdjustment businessPartnerCategory',
    boolean: 'active',
    order: 'priceAdjustment',
  },
  DiscountFilterProduct: {
    ...std,
    text: '_identifier priceAdjustment product',
    number: 'obdiscQty obdiscGifqty',
    boolean: 'active obdiscIsGift',
    order: 'priceAdjustment',
  },
  DiscountFilterProductCategory: {
    ...std,
    text: '_identifier priceAdjustment productCategory',
    boolean: 'active',
    order: 'priceAdjustment',
  },
  DiscountFilterRole: {
    ...std,
    text: '_identifier priceAdjustment role',
    boolean: 'active',
    order: 'priceAdjustment',
  },
  DiscountFilterCharacteristic: {
    ...std,
    text: '_identifier offer characteristic chValue',
    boolean: 'active',
    order: 'offer',
  },
  ServiceProduct: { ...std, text: 'service relatedProduct', boolean: 'active' },
  ServiceProductCategory: { ...std, text: 'service relatedCategory' },
  ServicePriceRule: {
    ...std,
    text: 'ruletype',
    number: 'percentage',
    boolean: 'active afterdiscounts',
  },
  ServicePriceRuleRange: {
    ...std,
    text: 'servicepricerule priceList ruleType',
    number: 'amountUpTo percentage',
    boolean: 'active afterdiscounts',
    order: 'amountUpTo',
  },
  ServicePriceRuleRangePrices: { ...std, text: 'priceList product', number: 'listPrice' },
  ServicePriceRuleVersion: {
    ...std,
    text: 'product servicePriceRule',
    date: 'validFromDate',
    boolean: 'active',
    order: '-validFromDate',
  },
};

/** Columns of the client's own tables for the structures that the server makes, by entity. */
export const STRUCTURE_FACTS: Record<string, { table: string; columns: Record<string, string> }> = {
  TaxRate: {
    table: 'c_tax',
    columns: {
      id: 'c_tax_id',
      taxSearchKey: 'taxindicator',
      validFromDate: 'validfrom',
      parentTaxRate: 'parent_tax_id',
      destinationCountry: 'to_country_id',
      taxCategory: 'c_taxcategory_id',
      businessPartnerTaxCategory: 'c_bp_taxcategory_id',
      salesPurchaseType: 'sopotype',
      lineNo: 'line',
      summaryLevel: 'issummary',
      default: 'isdefault',
      taxExempt: 'istaxexempt',
      rate: 'rate',
    },
  },
  Discount: {
    table: 'm_offer',
    columns: {
      startingDate: 'datefrom',
      endingDate: 'dateto',
      discountType: 'm_offer_type_id',
      discountAmount: 'addamt',
      fixedPrice: 'fixed',
      minQuantity: 'qty_from',
      includedBusinessPartners: 'bpartner_selection',
      includePriceLists: 'pricelist_selection',
    },
  },
  DiscountFilterBusinessPartner: { table: 'm_offer_bpartner', columns: {} },
  DiscountFilterBusinessPartnerGroup: { table: 'm_offer_bp_group', columns: {} },
  DiscountFilterProduct: { table: 'm_offer_product', columns: {} },
  DiscountFilterProductCategory: { table: 'm_offer_prod_cat', columns: {} },
  DiscountFilterCharacteristic: { table: 'm_offer_characteristic', columns: {} },
  DiscountFilterRole: { table: 'obdisc_offer_role', columns: {} },
};
