import { allocate, multiplyDivide, sum } from '../server/core/money.ts';
import type { ManualDiscount } from './cart.ts';
import type { DiscountRow } from './master-rows.ts';
import { PERCENT_SCALE } from './scales.ts';

/** The field's types of discounts that a cashier gives: how much is off is said at the till. */
const MANUAL_TYPES = {
  percent: '20E4EC27397344309A2185097392D964',
  amount: 'D1D193305A6443B09B299259493B272A',
} as const;

const WHOLE_PERCENT = 100 * 10 ** PERCENT_SCALE;

/** A discount on a line, and what it took off. */
export interface Discount {
  ruleId: string;
  discountType: string;
  /** For the receipt. */
  name: string;
  /** For people in the office. */
  identifier: string;
  /** Given by the cashier, not by a price rule. */
  isManual: boolean;
  /** Minor units in the terms of the prices; not positive on a return. */
  amountMinor: number;
}

/** A discount before it has taken anything off. */
export type DiscountHead = Omit<Discount, 'amountMinor'>;

/** What stands in the records for each kind of discount that a cashier gives. */
export type ManualRules = Readonly<Record<ManualDiscount['kind'], DiscountHead>>;

/**
 * The estate's own discounts of the manual types, by lowest id, where it defines some. Where it does
 * not, the type's id stands for the rule too.
 */
export function manualRulesOf(rows: readonly DiscountRow[]): ManualRules {
  const head = (kind: ManualDiscount['kind']): DiscountHead => {
    const discountType = MANUAL_TYPES[kind];
    const [own] = rows
      .filter((row) => row.discountType === discountType)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const name = own?.name ?? 'Discount';
    return {
      ruleId: own?.id ?? discountType,
      discountType,
      name: own?.printName ?? name,
      identifier: name,
      isManual: true,
    };
  };
  return { percent: head('percent'), amount: head('amount') };
}

/** What is wrong with a discount that a cashier gives, in words; null where nothing is. */
export function faultOf(discount: ManualDiscount): string | null {
  if (discount.kind === 'amount') {
    const { amountMinor } = discount;
    if (Number.isSafeInteger(amountMinor) && amountMinor > 0) return null;
    return `${amountMinor} is no amount that can be taken off.`;
  }
  const { percent } = discount;
  if (Number.isSafeInteger(percent) && percent > 0 && percent <= WHOLE_PERCENT) return null;
  return `${percent / 10 ** PERCENT_SCALE} % is no discount; it is above 0 and at most 100.`;
}

/** What a discount takes off `leftMinor`, rounded once, never more than there is. */
export function takenOff(discount: ManualDiscount, leftMinor: number): number {
  const wanted =
    discount.kind === 'amount'
      ? discount.amountMinor
      : multiplyDivide(leftMinor, discount.percent, WHOLE_PERCENT);
  return Math.min(leftMinor, wanted);
}

/** Shares a discount over what is left of each line, in proportion; no line goes below nothing. */
export function spread(discount: ManualDiscount, leftMinor: readonly number[]): number[] {
  return allocate(takenOff(discount, sum(leftMinor)), leftMinor);
}
