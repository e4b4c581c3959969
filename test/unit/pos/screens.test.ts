import { readFileSync } from 'node:fs';
import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { productSearch } from '../../../terminal/product-search.ts';
import { countOf, countRows, isReady } from '../../../terminal/pos/features/cash/counting.ts';
import {
  aboutMinor,
  everything,
  stepped,
  wantedLines,
} from '../../../terminal/pos/features/receipts/taking.ts';
import { hueOf, pictureOf } from '../../../terminal/pos/features/sell/tile-colour.ts';
import { chosenBy, readTyped } from '../../../terminal/pos/features/sell/typed.ts';
import { createFormat } from '../../../terminal/pos/format.ts';
import en from '../../../terminal/pos/locales/en.json' with { type: 'json' };
import es from '../../../terminal/pos/locales/es.json' with { type: 'json' };
import { theme } from '../../../terminal/pos/theme.ts';
import { pieces } from '../../../terminal/ticket.ts';
import { shop } from '../terminal/support/shop.ts';

describe('what stands in the search box', () => {
  const search = productSearch(shop().catalogue);
  const chosen = (input: string, marked: number | null = null) => {
    const typed = readTyped(input);
    return chosenBy(typed, search, search.find(typed.text, 20), marked)?.row._identifier;
  };

  it('may begin with a quantity', () => {
    expect(readTyped('3*bread')).toEqual({ text: 'bread', quantity: pieces(3) });
    expect(readTyped('0,25 × cheese')).toEqual({ text: 'cheese', quantity: 250 });
    expect(readTyped('0*bread').quantity).toBeNull();
    expect(readTyped('7up')).toEqual({ text: '7up', quantity: null });
  });

  it('adds the product with the code, the marked one, or the first', () => {
    expect(chosen('2000000000046')).toBe('Country loaf 1 kg');
    expect(chosen('brioche')).toBe('Brioche loaf 350 g');
    expect(chosen('loaf', 2)).toBe(search.find('loaf', 20)[2]?.row._identifier);
    expect(chosen('')).toBeUndefined();
  });

  it('never adds something like a code that no product has', () => {
    expect(search.find('200000000', 5).length).toBeGreaterThan(0);
    expect(chosen('200000000')).toBeUndefined();
  });
});

describe('taking back', () => {
  const line = {
    ...{ lineId: 'L1', productId: 'P', name: 'Milk', unitPrice: 0, discounts: [] },
    ...{ quantity: pieces(3), grossMinor: 1_000, returnableQuantity: pieces(2) },
  };

  it('stays between nothing and what is left', () => {
    let taking = stepped(new Map(), line, pieces(1));
    taking = stepped(taking, line, pieces(5));
    expect(wantedLines(taking)).toEqual([{ lineId: 'L1', quantity: pieces(2) }]);
    expect(wantedLines(stepped(taking, line, -pieces(9)))).toEqual([]);
    expect(wantedLines(everything([line]))).toEqual(wantedLines(taking));
    expect(aboutMinor(taking, [line])).toBe(667);
  });
});

describe('counting', () => {
  const method = {
    ...{ startingMinor: 0, salesMinor: 0, returnsMinor: 0, depositsMinor: 0, dropsMinor: 0 },
  };
  const soFar = {
    openedAtMs: 0,
    sales: { count: 2, grossMinor: 3_000 },
    returns: { count: 0, grossMinor: 0 },
    methods: [
      { ...method, searchKey: 'cash', name: 'Cash', isCash: true, expectedMinor: 2_000 },
      { ...method, searchKey: 'card', name: 'Card', isCash: false, expectedMinor: 1_000 },
    ],
  };
  const rows = (counted: string, kept: string) =>
    countRows(soFar, { counted: { cash: counted }, kept: { cash: kept } }, 2);

  it('asks for the cash, and takes the rest to be right', () => {
    expect(isReady(rows('', ''))).toBe(false);
    expect(isReady(rows('19.50', ''))).toBe(true);
    expect(countOf(rows('19.50', '10'))).toEqual({
      counted: { cash: 1_950 },
      kept: { cash: 1_000 },
    });
  });

  it('shows the difference, and lets nobody keep more than there is', () => {
    expect(rows('19.50', '')[0]).toMatchObject({ differenceMinor: -50, keepsTooMuch: false });
    expect(rows('0', '')[0]).toMatchObject({ differenceMinor: -2_000 });
    expect(isReady(rows('19.50', '19.51'))).toBe(false);
  });
});

describe('colours and pictures of tiles', () => {
  it('give a category the same hue each time', () => {
    expect(hueOf('bread')).toBe(hueOf('bread'));
    const hues = shop().catalogue.categories.map(({ id }) => hueOf(id));
    expect(new Set(hues).size).toBeGreaterThan(8);
    expect(hues.every((hue) => hue >= 0 && hue < 360)).toBe(true);
  });

  it('show only what is a picture', () => {
    expect(pictureOf({ img: 'iVBORw0KGgo=' })).toBe('data:image/png;base64,iVBORw0KGgo=');
    expect(pictureOf({ img: null })).toBeUndefined();
    expect(pictureOf({ img: '<svg onload=alert(1)>' })).toBeUndefined();
  });
});

describe('texts', () => {
  it('are the same in both languages, with the same values in them', () => {
    const [english, spanish] = [leaves(en), leaves(es)];
    expect([...spanish.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of english)
      expect([key, slots(spanish.get(key))]).toEqual([key, slots(text)]);
  });

  it('write money and quantities as the language does', () => {
    const format = createFormat('es-ES', { code: 'EUR', precision: 2 });
    expect(format.money(123_456_789).replace(/\s/g, ' ')).toBe('1.234.567,89 €');
    expect(format.quantity(1_250)).toBe('1,25');
    expect(format.percent(12_500_000).replace(/\s/g, ' ')).toBe('12,5 %');
    expect(format.decimalSign).toBe(',');
  });
});

describe('theme.css', () => {
  it('is what the component library makes of theme.ts', () => {
    const css = readFileSync('terminal/pos/theme.css', 'utf8').replace(/\s+/g, ' ');
    const own = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
    const base = defaultCssVariablesResolver(DEFAULT_THEME);
    const missing = (['variables', 'light', 'dark'] as const).flatMap((part) =>
      Object.entries(own[part]).filter(
        ([name, value]) =>
          (base[part] as Record<string, string>)[name] !== value &&
          !css.includes(`${name}: ${value.replaceAll('"', "'").replace(/\s+/g, ' ')};`),
      ),
    );
    expect(missing).toEqual([]);
  });
});

function leaves(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, string | object]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...leaves(value, `${path}${key}.`)],
    ),
  );
}

function slots(text: string | undefined): string[] {
  // "1 sale" needs no number of its own.
  return [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted();
}
