import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultInJson, placeInJson } from '../../../../server/core/estate/scan-json.ts';

describe('faults in JSON', () => {
  it.each([
    ['', 1, 1, 'the text ends too early; a value is due'],
    ['{\n  "a": [1,\n', 3, 1, 'the text ends too early; a value is due'],
    ['{"a": [1, 2', 1, 12, 'the text ends too early; "," or "]" is missing'],
    ['{"a": 1', 1, 8, 'the text ends too early; "," or "}" is missing'],
    ['{"a": "b', 1, 7, 'the text in quotes that begins here does not end'],
    ['{"a": 1,\n}', 2, 1, '} where the name of a member is due'],
    ['[1 2]', 1, 4, '"," or "]" is missing'],
    ['{a: 1}', 1, 2, 'the name of a member is due'],
    ['{"a" 1}', 1, 6, '":" is missing'],
    ['[,]', 1, 2, '"," where a value is due'],
    ['[tru]', 1, 2, 'a value is due'],
    ['{} {}', 1, 4, 'there is more after the end'],
    ['{"a": 1, "a": 2}', 1, 10, '"a" is given twice'],
  ])('%s', (text, line, column, message) => {
    const fault = faultInJson(text);
    expect(fault).toMatchObject({ line, column });
    expect(fault?.message).toContain(message);
  });

  it('refuses what is nested without end, instead of overflowing', () => {
    expect(faultInJson('['.repeat(100_000))?.message).toContain('nested');
  });

  it('agrees with the parser on what is JSON', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + put.length);
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const fault = faultInJson(text);
        // A member that is given twice is JSON, and is refused all the same.
        if (fault?.message.endsWith('is given twice') === true) return;
        expect(fault === undefined).toBe(parses(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('places in JSON', () => {
  it('are where the member or the element begins', () => {
    const text = '{\n  "a": [\n    {"b": 1},\n    {"b": [2]}\n  ]\n}';
    expect(placeInJson(text, ['a'])).toEqual({ line: 2, column: 3 });
    expect(placeInJson(text, ['a', 1])).toEqual({ line: 4, column: 5 });
    expect(placeInJson(text, ['a', 1, 'b'])).toEqual({ line: 4, column: 6 });
    expect(placeInJson(text, ['a', 1, 'b', 0])).toEqual({ line: 4, column: 12 });
  });

  it('are those of the nearest value around what is missing', () => {
    expect(placeInJson('{\n "a": [\n  {}\n ]}', ['a', 0, 'b'])).toEqual({ line: 3, column: 3 });
    expect(placeInJson('{}', ['a'])).toEqual({ line: 1, column: 1 });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
