import { describe, expect, it } from 'vitest';
import { feed, NO_BURST } from '../../../terminal/pos/features/sell/wedge.ts';

/** Feeds keys that are so far apart; gives the codes that were seen. */
function codesOf(keys: readonly string[], gapMs: number): string[] {
  let burst = NO_BURST;
  return keys.flatMap((key, index) => {
    const next = feed(burst, key, 1_000 + index * gapMs);
    burst = next.burst;
    return next.code === null ? [] : [next.code];
  });
}

describe('what a scanner types', () => {
  it('is a code when its keys come fast and end with Enter', () => {
    expect(codesOf([...'2000000000046'.split(''), 'Enter'], 8)).toEqual(['2000000000046']);
  });

  it('is not what a person types, however long', () => {
    expect(codesOf([...'2000000000046'.split(''), 'Enter'], 90)).toEqual([]);
  });

  it('is not Enter alone, nor two keys that came together', () => {
    expect(codesOf(['Enter', '1', '2', 'Enter'], 5)).toEqual([]);
  });

  it('takes capitals, for which a scanner presses Shift', () => {
    expect(codesOf(['Shift', 'A', 'B', 'Shift', 'C', '1', 'Enter'], 5)).toEqual(['ABC1']);
  });

  it('begins anew after a pause and after each scan', () => {
    const scan = [...'4711'.split(''), 'Enter'];
    expect(codesOf([...scan, ...scan], 5)).toEqual(['4711', '4711']);
    let { burst } = feed(NO_BURST, '9', 0);
    for (const [index, key] of ['4', '7', '1', '1'].entries()) {
      ({ burst } = feed(burst, key, 500 + index));
    }
    expect(feed(burst, 'Enter', 505).code).toBe('4711');
  });
});
