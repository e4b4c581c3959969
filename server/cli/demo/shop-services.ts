import type { DemoProduct } from './shop-products.ts';
import { productNamed } from './shop-products.ts';
import { idOf } from './shop-ids.ts';
import type { Row } from './shop-rows.ts';
import type { DemoSources } from './shop-sources.ts';

/** The services that are sold with goods, and how the price of wrapping follows from the gift's. */
export function serviceRows(products: readonly DemoProduct[]): Record<string, Row[]> {
  const wrapping = productNamed(products, 'Gift wrapping Piece').id;
  const delivery = productNamed(products, 'Home delivery Order').id;
  const mug = productNamed(products, 'Coffee mug Piece').id;
  const retail = idOf('PriceList', 'retail');
  const rule = idOf('ServicePriceRule', 'Wrapping');
  return {
    ServiceProduct: [
      {
        id: idOf('ServiceProduct', 'Wrapping/Mug'),
        service: wrapping,
        relatedProduct: mug,
        active: true,
      },
    ],
    ServiceProductCategory: [
      {
        id: idOf('ServiceProductCategory', 'Delivery/Wine'),
        service: delivery,
        relatedCategory: idOf('Category', 'wine'),
      },
    ],
    ServicePriceRule: [
      { id: rule, ruletype: 'R', percentage: null, active: true, afterdiscounts: true },
    ],
    ServicePriceRuleRange: [
      {
        id: idOf('ServicePriceRuleRange', 'Up to 20'),
        servicepricerule: rule,
        priceList: retail,
        ruleType: 'F',
        amountUpTo: 20,
        percentage: null,
        active: true,
        afterdiscounts: true,
      },
      {
        id: idOf('ServicePriceRuleRange', 'Above'),
        servicepricerule: rule,
        priceList: retail,
        ruleType: 'P',
        amountUpTo: null,
        percentage: 10,
        active: true,
        afterdiscounts: true,
      },
    ],
    ServicePriceRuleRangePrices: [
      {
        id: idOf('ServicePriceRuleRangePrices', 'Wrapping'),
        priceList: retail,
        product: wrapping,
        listPrice: 1.5,
      },
    ],
    ServicePriceRuleVersion: [
      {
        id: idOf('ServicePriceRuleVersion', 'Wrapping/2024'),
        product: wrapping,
        servicePriceRule: rule,
        validFromDate: '2024-01-01',
        active: true,
      },
    ],
  };
}

/** Short lists for the screens of a till. */
export function listRows({ shop }: DemoSources): Record<string, Row[]> {
  return {
    ReturnReason: shop.returnReasons.map((name, index) => ({
      id: idOf('ReturnReason', name),
      _identifier: name,
      active: true,
      searchKey: `RR${index + 1}`,
      name,
    })),
    Country: shop.countries.map(({ id, name }) => ({
      id: id ?? idOf('Country', name),
      _identifier: name,
    })),
    CurrencyPanel: shop.notes.map((amount, index) => ({
      id: idOf('CurrencyPanel', String(amount)),
      _identifier: `${amount} €`,
      currency: '102',
      backcolor: '#f5f1e8',
      bordercolor: '#c9b98a',
      amount,
      lineNo: (index + 1) * 10,
    })),
  };
}
