/** How dates and numbers are shown, in the patterns of the field's clients. */
export const DATE_FORMATS = { date: 'dd-MM-yyyy', dateTime: 'dd-MM-yyyy HH:mm:ss' } as const;

const PRICE_MASK = '#,##0.00';

/** `format` of preRenderActions, and what the ApplicationFormats script sets. */
export const FORMATS = {
  defaultGroupingSize: 3,
  defaultGroupingSymbol: ',',
  defaultDecimalSymbol: '.',
  defaultNumericMask: PRICE_MASK,
  ...DATE_FORMATS,
  formats: {
    priceInform: PRICE_MASK,
    euroInform: PRICE_MASK,
    qtyEdition: '#,##0.###',
    generalQtyEdition: '#0.######',
    integerInform: '#,##0',
  },
} as const;
