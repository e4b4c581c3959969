import { boolean, date, key, number, text } from '../../../query/properties.ts';
import { model } from './model.ts';

/** Services that are sold (a warranty, an assembly) and how their price follows from the goods'. */
export const soldServices = [
  model(
    'ServiceProduct',
    { ...key('id'), ...text('service', 'relatedProduct'), ...boolean('active') },
    { searchable: ['id', 'service', 'relatedProduct'] },
  ),
  model(
    'ServiceProductCategory',
    { ...key('id'), ...text('service', 'relatedCategory') },
    { searchable: ['id', 'service', 'relatedCategory'] },
  ),
  model('ServicePriceRule', {
    ...key('id'),
    ...text('ruletype'),
    ...number('percentage'),
    ...boolean('active', 'afterdiscounts'),
  }),
  model(
    'ServicePriceRuleRange',
    {
      ...key('id'),
      ...text('servicepricerule', 'priceList', 'ruleType'),
      ...number('amountUpTo', 'percentage'),
      ...boolean('active', 'afterdiscounts'),
    },
    { order: ['amountUpTo'], searchable: ['id', 'servicepricerule', 'priceList'] },
  ),
  // The field's servers make a new id at each call; a lasting one is a key all the same, and lets
  // an increment replace a row instead of doubling it.
  model(
    'ServicePriceRuleRangePrices',
    { ...key('id'), ...text('priceList', 'product'), ...number('listPrice') },
    { searchable: ['id', 'priceList', 'product'] },
  ),
  model(
    'ServicePriceRuleVersion',
    {
      ...key('id'),
      ...text('product', 'servicePriceRule'),
      ...date('validFromDate'),
      ...boolean('active'),
    },
    { order: ['-validFromDate'], searchable: ['id', 'product', 'servicePriceRule'] },
  ),
];
