import { SegmentedControl } from '@mantine/core';
import type { ManualDiscount } from '../../../cart.ts';
import { PERCENT_SCALE } from '../../../scales.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { valueOf } from '../../ui/entry.ts';
import { NumberField } from '../../ui/number-field.tsx';

/** A discount as it is being entered. */
export interface DiscountEntry {
  kind: ManualDiscount['kind'];
  text: string;
}

const PERCENT_DECIMALS = 2;
const WHOLE = 100 * 10 ** PERCENT_SCALE;

/** The entry for a discount that is given already. */
export function entryOf(discount: ManualDiscount | null, precision: number): DiscountEntry {
  if (discount === null) return { kind: 'percent', text: '' };
  return discount.kind === 'percent'
    ? { kind: 'percent', text: String(discount.percent / 10 ** PERCENT_SCALE) }
    : { kind: 'amount', text: (discount.amountMinor / 10 ** precision).toFixed(precision) };
}

/** The discount that an entry means; null: none. At most all of it. */
export function discountOf(
  { kind, text }: DiscountEntry,
  precision: number,
): ManualDiscount | null {
  const value = valueOf(text, kind === 'percent' ? PERCENT_SCALE : precision);
  if (value === null || value <= 0) return null;
  return kind === 'percent'
    ? { kind, percent: Math.min(value, WHOLE) }
    : { kind, amountMinor: value };
}

export function decimalsOf({ kind }: DiscountEntry, precision: number): number {
  return kind === 'percent' ? PERCENT_DECIMALS : precision;
}

/** Percent or amount, and how much. */
export function DiscountFields(props: {
  entry: DiscountEntry;
  onChange: (entry: DiscountEntry) => void;
  autoFocus?: boolean;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { settings } = useTill();
  const { kind, text } = props.entry;
  return (
    <>
      <SegmentedControl
        size="lg"
        fullWidth
        aria-label={t('discount.kind')}
        value={kind}
        onChange={(next) => props.onChange({ kind: next, text: '' })}
        data={[
          { value: 'percent', label: t('discount.percent') },
          { value: 'amount', label: t('discount.amount') },
        ]}
      />
      <NumberField
        label={t(kind === 'percent' ? 'discount.howMuchPercent' : 'discount.howMuch')}
        value={text}
        decimals={decimalsOf(props.entry, settings.currency.obposPosprecision)}
        decimalSign={format.decimalSign}
        onChange={(next) => props.onChange({ kind, text: next })}
        autoFocus={props.autoFocus ?? false}
      />
    </>
  );
}
