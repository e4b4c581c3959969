import { expect, it } from 'vitest';
import en from '../../../renderer/locales/en.json' with { type: 'json' };
import es from '../../../renderer/locales/es.json' with { type: 'json' };

function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([name, part]) =>
    textsOf(part, path === '' ? name : `${path}.${name}`),
  );
}

const english = new Map(textsOf(en));
const spanish = new Map(textsOf(es));

it('has every text in both languages, and none of them empty', () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [path, text] of [...english, ...spanish]) expect(text.trim(), path).not.toBe('');
});

it('fills the same places in both languages', () => {
  const placesOf = (text = ''): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
  for (const [path, text] of english) {
    expect(new Set(placesOf(spanish.get(path))), path).toEqual(new Set(placesOf(text)));
  }
});

it('has a singular for each plural', () => {
  for (const path of english.keys()) {
    if (path.endsWith('_other'))
      expect(english.has(path.replace(/_other$/, '_one')), path).toBe(true);
  }
});
