import { countryId } from './shop-customers.ts';
import { idOf } from './shop-ids.ts';
import type { Row } from './shop-rows.ts';
import { standard } from './shop-rows.ts';
import type { DemoSources } from './shop-sources.ts';

/** The tax rates with the days from which they hold, and the zone of one of them. */
export function taxRows(sources: DemoSources): Record<'TaxRate' | 'TaxZone', Row[]> {
  const spain = countryId(sources, 'Spain');
  const rates = sources.shop.taxCategories.flatMap(({ key, name, rates: history }) =>
    history.map(({ from, rate }) => taxRow({ key, name, from, rate, country: spain })),
  );
  return {
    TaxRate: rates,
    TaxZone: [
      {
        id: idOf('TaxZone', 'Spain'),
        tax: idOf('TaxRate', 'standard/2012-09-01'),
        fromCountry: spain,
        fromRegion: null,
        destinationCountry: spain,
        destinationRegion: null,
        active: true,
      },
    ],
  };
}

function taxRow(tax: {
  key: string;
  name: string;
  from: string;
  rate: number;
  country: string;
}): Row {
  const name = `VAT ${tax.rate} %`;
  return {
    ...standard(idOf('TaxRate', `${tax.key}/${tax.from}`), name),
    name,
    description: `${tax.name} rate from ${tax.from}`,
    taxSearchKey: null,
    validFromDate: tax.from,
    parentTaxRate: null,
    country: tax.country,
    region: null,
    destinationCountry: tax.country,
    destinationRegion: null,
    taxCategory: idOf('TaxCategory', tax.key),
    // Null, not empty text: a client compares it with the customer's.
    businessPartnerTaxCategory: null,
    salesPurchaseType: 'B',
    baseAmount: 'LNA',
    taxBase: null,
    docTaxAmount: 'D',
    rate: tax.rate,
    lineNo: 10,
    summaryLevel: false,
    default: true,
    taxExempt: false,
    cascade: false,
  };
}
