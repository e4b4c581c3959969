import { describe, expect, it } from 'vitest';
import { customerSearch } from '../../../terminal/customer-search.ts';
import { productSearch } from '../../../terminal/product-search.ts';
import { folded, textIndex } from '../../../terminal/text-index.ts';
import { shop } from './support/shop.ts';

const { catalogue } = shop();

describe('a text index', () => {
  const names = ['Jamón serrano', 'Serrano ham', 'Old serrano', 'Presserrano', 'Ham', 'Ham\nroll'];
  const index = textIndex(names, (name) => name);

  it('puts what begins with the words first, then words, then parts', () => {
    expect(index.find('serrano', 9)).toEqual([
      'Serrano ham',
      'Jamón serrano',
      'Old serrano',
      'Presserrano',
    ]);
  });

  it('wants every word, in any order, without accents and case', () => {
    expect(index.find('SERRANO jamon', 9)).toEqual(['Jamón serrano']);
    expect(index.find('jamón ham', 9)).toEqual([]);
    expect(index.find('roll ham', 9)).toEqual(['Ham\nroll']);
  });

  it('finds nothing for nothing, and no more than asked for', () => {
    expect(index.find('  ', 9)).toEqual([]);
    expect(index.find('a', 2)).toHaveLength(2);
    expect(textIndex([], String).find('a', 9)).toEqual([]);
  });

  it('finds what a plain look at each text finds', () => {
    const texts = [...catalogue.products.values()].map(({ row }) => row._identifier);
    const all = textIndex(texts, (text) => text);
    for (const query of ['a', 'cola 3', 'te', 'o e', 'piece', 'zz', 'kg 1']) {
      const words = folded(query).split(' ');
      const plain = texts.filter((text) => words.every((word) => folded(text).includes(word)));
      expect(all.find(query, texts.length).toSorted()).toEqual(plain.toSorted());
    }
  });
});

describe('products', () => {
  const search = productSearch(catalogue);
  const product = [...catalogue.products.values()].find(({ row }) => row.uPCEAN)!;

  it('are found by barcode and key at once', () => {
    expect(search.byCode(` ${product.row.uPCEAN!} `)).toBe(product);
    expect(search.byCode(product.row.searchkey.toUpperCase())).toBe(product);
    expect(search.find(product.row.uPCEAN!, 5)[0]).toBe(product);
    expect(search.byCode('')).toBeUndefined();
  });

  it('are found by parts of their names', () => {
    const found = search.find('croissant butter', 5).map(({ row }) => row._identifier);
    expect(found).toContain('Butter croissant Piece');
  });

  it('have one index for each catalogue', () => {
    expect(productSearch(catalogue)).toBe(search);
  });
});

describe('customers', () => {
  it('that came later are found first, as they are now', () => {
    const search = customerSearch(catalogue);
    const [known] = search.find('W001', 5);
    const renamed = { ...known!, row: { ...known!.row, name: 'Ångström' } };
    search.add(renamed);
    expect(search.find('angstrom', 5)).toEqual([renamed]);
    expect(search.find('W001', 5)).toEqual([renamed]);
  });
});
