import { boolean, date, key, number, standard, text } from '../../../query/properties.ts';
import { model } from './model.ts';

const TaxRate = model(
  'TaxRate',
  {
    ...standard,
    ...text('name', 'description', 'taxSearchKey'),
    ...date('validFromDate'),
    ...text('parentTaxRate', 'country', 'region', 'destinationCountry', 'destinationRegion'),
    ...text('taxCategory', 'businessPartnerTaxCategory', 'salesPurchaseType', 'baseAmount'),
    ...text('taxBase', 'docTaxAmount'),
    ...number('rate', 'lineNo'),
    ...boolean('summaryLevel', 'default', 'taxExempt', 'cascade'),
  },
  {
    order: ['-validFromDate'],
    searchable: ['id', '_identifier', 'name', 'taxCategory'],
    structure: {
      entity: 'FinancialMgmtTaxRate',
      table: 'c_tax',
      columns: {
        id: 'c_tax_id',
        taxSearchKey: 'taxindicator',
        validFromDate: 'validfrom',
        parentTaxRate: 'parent_tax_id',
        country: 'c_country_id',
        region: 'c_region_id',
        destinationCountry: 'to_country_id',
        destinationRegion: 'to_region_id',
        taxCategory: 'c_taxcategory_id',
        businessPartnerTaxCategory: 'c_bp_taxcategory_id',
        salesPurchaseType: 'sopotype',
        taxBase: 'c_taxbase_id',
        lineNo: 'line',
        summaryLevel: 'issummary',
        default: 'isdefault',
        taxExempt: 'istaxexempt',
      },
    },
  },
);

const TaxZone = model('TaxZone', {
  ...key('id'),
  ...text('tax', 'fromCountry', 'fromRegion', 'destinationCountry', 'destinationRegion'),
  ...boolean('active'),
});

const TaxCategoryBOM = model('TaxCategoryBOM', key('id'));

export const taxes = [TaxRate, TaxZone, TaxCategoryBOM];
