import { multiply, multiplyDivide, toScaled } from '../server/core/money.ts';
import type { DiscountFilterName, DiscountRow } from './master-rows.ts';
import { PERCENT_SCALE, PRICE_SCALE, QUANTITY_SCALE } from './scales.ts';

/** The types of discounts that a till computes; ids of the field. */
const PRICE_ADJUSTMENT = '5D4BAF6BB86D4D2C9ED3D5A6FC051579';
const BUY_X_PAY_Y = 'BE5D42E554644B6AA262CCB097753951';

const WHOLE_PERCENT = 100 * 10 ** PERCENT_SCALE;

/** Either only those that are listed, or all but those. */
interface Selection {
  onlyListed: boolean;
  listed: ReadonlySet<string>;
}

/** A discount with its filters, its numbers scaled. */
export interface PriceRule {
  row: DiscountRow;
  /** At PERCENT_SCALE; 0 where the rule has none. */
  percent: number;
  /** Off the unit price, at PRICE_SCALE. */
  amountOff: number;
  /** The unit price instead, at PRICE_SCALE; null where the rule has none. */
  fixedPrice: number | null;
  /** Bounds of a line's quantity, at QUANTITY_SCALE; null where the rule has none. */
  minQuantity: number | null;
  maxQuantity: number | null;
  /** Of each `buy` pieces, `pay` are paid; null for other rules. */
  bundle: { buy: number; pay: number } | null;
  partners: Selection;
  partnerCategories: Selection;
  products: Selection;
  categories: Selection;
  priceLists: Selection;
}

/** What a rule looks at in a line. */
export interface PricedLine {
  productId: string;
  categoryId: string;
  /** At QUANTITY_SCALE; negative on a return. */
  quantity: number;
  /** At PRICE_SCALE. */
  unitPrice: number;
}

/** When and to whom something is sold. */
export interface SaleContext {
  partnerId: string | null;
  partnerCategoryId: string | null;
  priceListId: string;
  /** Local: `yyyy-MM-dd` and `HH:mm:ss`. */
  day: string;
  time: string;
  /** Decimals of the currency. */
  precision: number;
}

/** What a rule takes off a line, minor units, more than 0. */
export interface AppliedRule {
  rule: PriceRule;
  amountMinor: number;
}

/**
 * Makes the rules of the rows, in the order in which they apply. Rules that only some roles,
 * organizations or characteristics get are left to a person at the till.
 */
export function priceRulesOf(
  rows: readonly DiscountRow[],
  filters: ReadonlyMap<DiscountFilterName, readonly { rule: string; listed: string }[]>,
): PriceRule[] {
  return rows
    .filter(isComputed)
    .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0) || (a.id < b.id ? -1 : 1))
    .map((row) => {
      const selection = (name: DiscountFilterName, included: 'Y' | 'N' | null | undefined) => ({
        onlyListed: included === 'N',
        listed: new Set(
          (filters.get(name) ?? []).flatMap((each) => (each.rule === row.id ? [each.listed] : [])),
        ),
      });
      return {
        row,
        ...numbersOf(row),
        partners: selection('DiscountFilterBusinessPartner', row.includedBusinessPartners),
        partnerCategories: selection(
          'DiscountFilterBusinessPartnerGroup',
          row.includedBPCategories,
        ),
        products: selection('DiscountFilterProduct', row.includedProducts),
        categories: selection('DiscountFilterProductCategory', row.includedProductCategories),
        priceLists: selection('OfferPriceList', row.includePriceLists),
      };
    });
}

function isComputed(row: DiscountRow): boolean {
  const isKnown = row.discountType === PRICE_ADJUSTMENT || row.discountType === BUY_X_PAY_Y;
  const limits = [row.includedOrganizations, row.includedCharacteristics, row.oBDISCIncludedRoles];
  return isKnown && !limits.includes('N');
}

/**
 * What the rules take off one line, in order. A rule that does not say "apply the next one too" ends
 * it. Nothing is taken off what is given back: a return repeats the prices of its sale.
 */
export function applyRules(
  rules: readonly PriceRule[],
  line: PricedLine,
  context: SaleContext,
): AppliedRule[] {
  const applied: AppliedRule[] = [];
  let leftMinor = amountOf(line.quantity, line.unitPrice, context);
  if (leftMinor <= 0) return applied;
  for (const rule of rules) {
    if (!concerns(rule, line, context)) continue;
    const amountMinor = Math.min(leftMinor, reductionOf(rule, line, leftMinor, context));
    if (amountMinor <= 0) continue;
    applied.push({ rule, amountMinor });
    leftMinor -= amountMinor;
    if (rule.row.applyNext !== true) break;
  }
  return applied;
}

/** Quantity × unit price, minor units. */
export function amountOf(
  quantity: number,
  unitPrice: number,
  { precision }: Pick<SaleContext, 'precision'>,
): number {
  return multiply(quantity, QUANTITY_SCALE, unitPrice, PRICE_SCALE, precision);
}

function numbersOf(row: DiscountRow) {
  const scaled = (value: number | string | null | undefined, scale: number): number | null =>
    value == null ? null : toScaled(value, scale);
  const buy = scaled(row.oBDISCX, 0);
  const pay = scaled(row.oBDISCY, 0);
  const isBundle = row.discountType === BUY_X_PAY_Y && buy !== null && pay !== null && buy > pay;
  return {
    percent: scaled(row.discount, PERCENT_SCALE) ?? 0,
    amountOff: scaled(row.discountAmount, PRICE_SCALE) ?? 0,
    fixedPrice: scaled(row.fixedPrice, PRICE_SCALE),
    minQuantity: scaled(row.minQuantity, QUANTITY_SCALE),
    maxQuantity: scaled(row.maxQuantity, QUANTITY_SCALE),
    bundle: isBundle ? { buy, pay } : null,
  };
}

function concerns(rule: PriceRule, line: PricedLine, context: SaleContext): boolean {
  const { row } = rule;
  const inDays =
    row.startingDate.slice(0, 10) <= context.day &&
    (row.endingDate == null || context.day <= row.endingDate.slice(0, 10));
  const inHours =
    (row.startingTime == null || row.startingTime <= context.time) &&
    (row.endingTime == null || context.time < row.endingTime);
  return (
    inDays &&
    inHours &&
    (rule.minQuantity === null || line.quantity >= rule.minQuantity) &&
    (rule.maxQuantity === null || line.quantity <= rule.maxQuantity) &&
    selects(rule.products, line.productId) &&
    selects(rule.categories, line.categoryId) &&
    selects(rule.priceLists, context.priceListId) &&
    selects(rule.partners, context.partnerId) &&
    selects(rule.partnerCategories, context.partnerCategoryId)
  );
}

function selects({ onlyListed, listed }: Selection, id: string | null): boolean {
  return onlyListed === (id !== null && listed.has(id));
}

function reductionOf(
  rule: PriceRule,
  line: PricedLine,
  leftMinor: number,
  context: SaleContext,
): number {
  if (rule.bundle !== null) {
    const pieces = Math.floor(line.quantity / 10 ** QUANTITY_SCALE);
    const free = Math.floor(pieces / rule.bundle.buy) * (rule.bundle.buy - rule.bundle.pay);
    return amountOf(free * 10 ** QUANTITY_SCALE, line.unitPrice, context);
  }
  if (rule.fixedPrice !== null) {
    return leftMinor - amountOf(line.quantity, rule.fixedPrice, context);
  }
  const off = amountOf(line.quantity, rule.amountOff, context);
  return off + multiplyDivide(Math.max(0, leftMinor - off), rule.percent, WHOLE_PERCENT);
}
