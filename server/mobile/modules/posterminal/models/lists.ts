import { key, number, standard, text } from '../../../query/properties.ts';
import { model } from './model.ts';

/** Short lists that the screens of a till offer for choice. */
export const lists = [
  model(
    'ReturnReason',
    { ...standard, ...text('searchKey', 'name') },
    { order: ['name'], searchable: ['id', '_identifier', 'searchKey', 'name'] },
  ),
  model('Country', { ...key('id'), ...text('_identifier') }, { order: ['_identifier'] }),
  model(
    'CurrencyPanel',
    {
      ...key('id'),
      ...text('_identifier', 'currency', 'backcolor', 'bordercolor'),
      ...number('amount', 'lineNo'),
    },
    { order: ['lineNo'], searchable: ['id', '_identifier', 'currency'] },
  ),
];
