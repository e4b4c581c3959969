/** Texts of things that people search for by parts of words, without regard to case and accents. */
export interface TextIndex<Item> {
  /**
   * The items that contain every word of the text, at most `limit`: those first that begin with the
   * first word, then those with a word that does, then the others; each group by its text.
   */
  find(text: string, limit: number): Item[];
}

/** The text without case and accents. */
export function folded(text: string): string {
  // Most texts have nothing to fold, and there are tens of thousands.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a text that is searched for. */
export function wordsOf(text: string): string[] {
  return folded(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

const END = '\n';

/**
 * Makes the index. All texts lie in one string, which is searched at the speed of the engine; the
 * longest word finds the candidates.
 */
export function textIndex<Item>(
  items: Iterable<Item>,
  textOf: (item: Item) => string,
): TextIndex<Item> {
  const rows = Array.from(items, (item) => ({ item, text: folded(textOf(item)) }));
  rows.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const all = rows.map(({ text }) => text.replaceAll(END, ' ')).join(END);
  const starts = startsOf(rows);
  return {
    find(text, limit) {
      const words = wordsOf(text);
      const longest = words.reduce((long, word) => (word.length > long.length ? word : long), '');
      const [first] = words;
      if (first === undefined) return [];
      const ranks: [Item[], Item[], Item[]] = [[], [], []];
      let row = 0;
      for (let at = all.indexOf(longest); at !== -1; at = all.indexOf(longest, starts[row])) {
        row = rowAt(starts, at, row);
        const found = rows[row];
        row += 1;
        if (found === undefined) break;
        if (words.every((word) => word === longest || found.text.includes(word))) {
          ranks[rankOf(found.text, first)].push(found.item);
          if (ranks[0].length >= limit) break;
        }
        if (row >= rows.length) break;
      }
      return ranks.flat().slice(0, limit);
    },
  };
}

function startsOf(rows: readonly { text: string }[]): Uint32Array {
  const starts = new Uint32Array(rows.length);
  let start = 0;
  rows.forEach(({ text }, index) => {
    starts[index] = start;
    start += text.length + END.length;
  });
  return starts;
}

/** The row that a place lies in, by halving what is left of the rows. */
function rowAt(starts: Uint32Array, place: number, from: number): number {
  let [low, high] = [from, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

function rankOf(text: string, word: string): 0 | 1 | 2 {
  if (text.startsWith(word)) return 0;
  return text.includes(` ${word}`) ? 1 : 2;
}
