import type { ModelDeclaration } from '../../../../core/model.ts';
import type { Properties } from '../../../query/properties.ts';
import { boolean, date, number, standard, text, yesNo } from '../../../query/properties.ts';
import { model } from './model.ts';

const Discount = model(
  'Discount',
  {
    ...standard,
    ...text('name', 'printName', 'description'),
    ...date('startingDate', 'endingDate'),
    ...text('discountType'),
    ...number('priority', 'discountAmount', 'discount', 'fixedPrice', 'minQuantity'),
    ...number('maxQuantity', 'multiple'),
    ...boolean('applyNext', 'ismultiple'),
    // "Y": all but those listed; "N": only those.
    ...yesNo('includedBusinessPartners', 'includedBPCategories', 'includedProducts'),
    ...yesNo('includedProductCategories', 'includePriceLists', 'includedOrganizations'),
    ...yesNo('includedCharacteristics'),
    ...text('oBDISCX', 'oBDISCY', 'oBDISCSubtype', 'oBDISCDistribute', 'obdiscPrice'),
    ...text('oBDISCCCurrency', 'obdiscUpc', 'obdiscAmt', 'obdiscPercentage'),
    ...yesNo('oBDISCIncludedRoles'),
    ...text('obdiscApprovalRequired'),
  },
  {
    order: ['priority'],
    searchable: ['id', '_identifier', 'name', 'discountType'],
    structure: {
      entity: 'PricingAdjustment',
      table: 'm_offer',
      columns: {
        id: 'm_offer_id',
        startingDate: 'datefrom',
        endingDate: 'dateto',
        discountType: 'm_offer_type_id',
        discountAmount: 'addamt',
        fixedPrice: 'fixed',
        minQuantity: 'qty_from',
        maxQuantity: 'qty_to',
        applyNext: 'apply_next',
        includedBusinessPartners: 'bpartner_selection',
        includedBPCategories: 'bp_group_selection',
        includedProducts: 'product_selection',
        includedProductCategories: 'prod_cat_selection',
        includePriceLists: 'pricelist_selection',
        includedOrganizations: 'org_selection',
        includedCharacteristics: 'characteristics_selection',
        oBDISCX: 'em_obdisc_x',
        oBDISCY: 'em_obdisc_y',
        oBDISCSubtype: 'em_obdisc_subtype',
        oBDISCDistribute: 'em_obdisc_distribute',
        obdiscPrice: 'em_obdisc_price',
        oBDISCCCurrency: 'em_obdisc_c_currency_id',
        obdiscUpc: 'em_obdisc_upc',
        obdiscAmt: 'em_obdisc_amt',
        obdiscPercentage: 'em_obdisc_percentage',
        oBDISCIncludedRoles: 'em_obdisc_role_selection',
        obdiscApprovalRequired: 'em_obdisc_approval_required',
      },
    },
  },
);

/** Which partners, products and so on a discount lists. */
function discountFilter(
  name: string,
  properties: Properties,
  structure: NonNullable<ModelDeclaration['structure']>,
  promotion = 'priceAdjustment',
): ModelDeclaration {
  const { columns, ...rest } = structure;
  return model(
    `DiscountFilter${name}`,
    { ...standard, ...text(promotion), ...properties },
    {
      order: [promotion],
      searchable: ['id', '_identifier', promotion],
      structure: {
        ...rest,
        columns: { id: `${rest.table}_id`, [promotion]: 'm_offer_id', ...columns },
      },
    },
  );
}

export const discounts = [
  Discount,
  discountFilter('BusinessPartner', text('businessPartner'), {
    entity: 'PricingAdjustmentBusinessPartner',
    table: 'm_offer_bpartner',
    columns: { businessPartner: 'c_bpartner_id' },
  }),
  discountFilter('BusinessPartnerGroup', text('businessPartnerCategory'), {
    entity: 'PricingAdjustmentBusinessPartnerGroup',
    table: 'm_offer_bp_group',
    columns: { businessPartnerCategory: 'c_bp_group_id' },
  }),
  discountFilter(
    'Product',
    { ...text('product'), ...boolean('obdiscIsGift'), ...number('obdiscQty', 'obdiscGifqty') },
    {
      entity: 'PricingAdjustmentProduct',
      table: 'm_offer_product',
      columns: {
        product: 'm_product_id',
        obdiscIsGift: 'em_obdisc_isgift',
        obdiscQty: 'em_obdisc_qty',
        obdiscGifqty: 'em_obdisc_gifqty',
      },
    },
  ),
  discountFilter('ProductCategory', text('productCategory'), {
    entity: 'PricingAdjustmentProductCategory',
    table: 'm_offer_prod_cat',
    columns: { productCategory: 'm_product_category_id' },
  }),
  discountFilter('Role', text('role'), {
    entity: 'OBDISC_Offer_Role',
    table: 'obdisc_offer_role',
    columns: { role: 'ad_role_id' },
  }),
  discountFilter(
    'Characteristic',
    text('characteristic', 'chValue'),
    {
      entity: 'PricingAdjustmentCharacteristic',
      table: 'm_offer_characteristic',
      columns: { characteristic: 'm_characteristic_id', chValue: 'm_ch_value_id' },
    },
    'offer',
  ),
];
