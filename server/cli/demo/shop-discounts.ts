import type { DemoProduct } from './shop-products.ts';
import { productNamed } from './shop-products.ts';
import { idOf } from './shop-ids.ts';
import type { Row } from './shop-rows.ts';
import { standard } from './shop-rows.ts';
import type { DemoSources, DiscountSource } from './shop-sources.ts';

/** Ids of the types of discounts in the field. */
const PRICE_ADJUSTMENT = '5D4BAF6BB86D4D2C9ED3D5A6FC051579';
const BUY_X_PAY_Y = 'BE5D42E554644B6AA262CCB097753951';

/** The discounts and what each lists. */
export function discountRows(
  products: readonly DemoProduct[],
  { shop }: DemoSources,
): Record<string, Row[]> {
  const { discounts } = shop;
  const filters = (
    model: string,
    listed: (discount: DiscountSource) => { name: string; values: Row }[],
    promotion = 'priceAdjustment',
  ): Row[] =>
    discounts.flatMap((discount) =>
      listed(discount).map(({ name, values }) => ({
        ...standard(idOf(model, `${discount.name}/${name}`), `${discount.name} - ${name}`),
        [promotion]: idOf('Discount', discount.name),
        ...values,
      })),
    );
  const each = (names: string[] | undefined, values: (name: string) => Row) =>
    (names ?? []).map((name) => ({ name, values: values(name) }));

  return {
    Discount: discounts.map(discountRow),
    DiscountFilterProduct: filters('DiscountFilterProduct', (discount) =>
      each(discount.products, (name) => ({
        product: productNamed(products, name).id,
        obdiscIsGift: false,
        obdiscQty: discount.bundle?.buy ?? null,
        obdiscGifqty: null,
      })),
    ),
    DiscountFilterProductCategory: filters('DiscountFilterProductCategory', (discount) =>
      each(discount.categories, (key) => ({ productCategory: idOf('Category', key) })),
    ),
    DiscountFilterBusinessPartner: filters('DiscountFilterBusinessPartner', (discount) =>
      each(discount.customers, (key) => ({ businessPartner: idOf('BusinessPartner', key) })),
    ),
    DiscountFilterBusinessPartnerGroup: filters('DiscountFilterBusinessPartnerGroup', (discount) =>
      each(discount.customerCategories, (key) => ({
        businessPartnerCategory: idOf('BPCategory', key),
      })),
    ),
    DiscountFilterRole: filters('DiscountFilterRole', (discount) =>
      each(discount.roles, (role) => ({ role })),
    ),
    DiscountFilterCharacteristic: filters(
      'DiscountFilterCharacteristic',
      (discount) =>
        each(discount.tags, (key) => ({
          characteristic: idOf('Characteristic', 'Diet'),
          chValue: idOf('CharacteristicValue', key),
        })),
      'offer',
    ),
    OfferPriceList: discounts.flatMap((discount) =>
      discount.notOnLists.map((list) => ({
        m_offer_pricelist_id: idOf('OfferPriceList', `${discount.name}/${list}`),
        m_offer_id: idOf('Discount', discount.name),
        m_pricelist_id: idOf('PriceList', list),
      })),
    ),
  };
}

function discountRow(discount: DiscountSource): Row {
  const { name, bundle } = discount;
  // "N": only those that are listed; "Y": all but those.
  const onlyListed = (listed: readonly string[] | undefined): 'Y' | 'N' =>
    listed === undefined ? 'Y' : 'N';
  return {
    ...standard(idOf('Discount', name), name),
    name,
    printName: name,
    description: null,
    startingDate: '2024-01-01',
    endingDate: null,
    // Beyond the field's common properties; clients that do not know them sell at the price all day.
    startingTime: discount.from ?? null,
    endingTime: discount.until ?? null,
    discountType: bundle === undefined ? PRICE_ADJUSTMENT : BUY_X_PAY_Y,
    priority: discount.priority,
    discountAmount: 0,
    discount: discount.percent ?? 0,
    fixedPrice: discount.fixedPrice ?? null,
    minQuantity: null,
    maxQuantity: null,
    multiple: null,
    applyNext: false,
    ismultiple: false,
    includedBusinessPartners: onlyListed(discount.customers),
    includedBPCategories: onlyListed(discount.customerCategories),
    includedProducts: onlyListed(discount.products),
    includedProductCategories: onlyListed(discount.categories),
    includePriceLists: 'Y',
    includedOrganizations: 'Y',
    includedCharacteristics: onlyListed(discount.tags),
    oBDISCX: bundle === undefined ? null : String(bundle.buy),
    oBDISCY: bundle === undefined ? null : String(bundle.pay),
    oBDISCSubtype: null,
    oBDISCDistribute: null,
    obdiscPrice: null,
    oBDISCCCurrency: null,
    obdiscUpc: null,
    obdiscAmt: null,
    obdiscPercentage: null,
    oBDISCIncludedRoles: onlyListed(discount.roles),
    obdiscApprovalRequired: null,
  };
}
