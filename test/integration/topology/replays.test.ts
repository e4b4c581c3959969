import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRONG_ESTATES } from '../../unit/core/topology/wrong-estates.ts';
import { REPLAYS } from './replays.ts';

describe('the wrong estates', () => {
  it('each have a test with real servers, and no test is named for one that is not there', () => {
    expect(Object.keys(REPLAYS).toSorted()).toEqual(
      WRONG_ESTATES.map(({ what }) => what).toSorted(),
    );
  });

  it.each(Object.entries(REPLAYS))('%s: shown by %s', (what, file) => {
    const code = readFileSync(new URL(file, import.meta.url), 'utf8');
    // As the name of a test, in the table of one, or of a row of it.
    const quoted = `'${what}'`;
    const asName = new RegExp(`(it\\(|it\\.each\\(\\[[^\\]]*|\\n  \\[)\\s*${escaped(quoted)}`);
    const asRow = code.includes(`what: 'of the wrong estate with ${what}'`);
    expect(asName.test(code) || asRow, `${file} has a test of "${what}"`).toBe(true);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
