import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readJournals } from '../../../server/cli/compare/journals.ts';

const folder = mkdtempSync(join(tmpdir(), 'backroom-journals-'));
afterAll(() => rmSync(folder, { recursive: true }));

function journal(name: string, ...lines: unknown[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, text.map((line) => `${line}\n`).join(''));
  return path;
}

const made = (terminal: string, no: number) => ({
  what: 'made',
  terminal,
  kind: 'sale',
  id: `sale ${no}`,
  messageId: `message ${no}`,
  documentNo: `${terminal}/${no}`,
  grossMinor: 100 + no,
  tillSeq: no,
  atMs: 1_000 + no,
});
const then = (what: 'accepted' | 'confirmed', no: number, atMs: number) => ({
  what,
  messageId: `message ${no}`,
  atMs,
});

describe("the tills' journals", () => {
  it("give each till's records in the till's order, with what became of them", () => {
    const one = journal(
      'one.ndjson',
      made('A', 2),
      made('A', 1),
      then('accepted', 1, 2_000),
      then('confirmed', 1, 3_000),
      then('accepted', 2, 4_000),
    );
    const records = readJournals([one, journal('two.ndjson', made('B', 7))]);
    expect(records).toMatchObject([
      { id: 'sale 1', terminal: 'A', acceptedAtMs: 2_000, confirmed: true, grossMinor: 101 },
      { id: 'sale 2', terminal: 'A', acceptedAtMs: 4_000, confirmed: false },
      { id: 'sale 7', terminal: 'B', acceptedAtMs: null, confirmed: false },
    ]);
  });

  it.each([
    ['is no JSON', [made('A', 1), '{"what":"ma'], 'line 2 is no JSON'],
    ['is no line of a journal', [{ what: 'sold' }], "line 1 is no line of a till's journal"],
    ['comes before its record', [then('accepted', 1, 2_000)], 'line 1: accepted before'],
  ])('are refused with the place of a line that %s', (_, lines, sentence) => {
    expect(() => readJournals([journal('bad.ndjson', ...lines)])).toThrow(sentence);
  });
});
