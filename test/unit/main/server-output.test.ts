import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastWords, lineReader, setupCodeIn } from '../../../main/server-output.ts';

describe("the server's output", () => {
  it('is cut into the same lines wherever the chunks end', () => {
    const line = fc.stringMatching(/^[a-z ]{0,20}$/);
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.map((each) => `${each}\n`).join('');
        const heard: string[] = [];
        const read = lineReader((each) => heard.push(each));
        let from = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), text.length]) {
          read(text.slice(from, Math.max(from, cut)));
          from = Math.max(from, cut);
        }
        expect(heard).toEqual(lines);
      }),
    );
  });

  it('gives out the set-up code', () => {
    const line =
      'Set it up at http://127.0.0.1:8427/manage/ with this code (it works once): NB6M-YCHT-M5EN';
    expect(setupCodeIn(line)).toBe('NB6M-YCHT-M5EN');
    expect(setupCodeIn('Backroom main server "Main" listens')).toBeUndefined();
  });

  it('keeps the last words for people, without the structured log', () => {
    const words = lastWords();
    words.hear('{"level":30,"msg":"server started"}');
    words.hear('');
    for (let index = 1; index <= 20; index += 1) words.hear(`line ${index}`);
    expect(words.text().split('\n')).toHaveLength(12);
    expect(words.text()).toMatch(/^line 9\n[^{]*line 20$/);
  });
});
