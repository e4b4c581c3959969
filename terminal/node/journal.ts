import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GroupCommit } from '../group-commit.ts';
import type { Journal, JournalLine, JournalTotals } from '../journal.ts';

/** Name of the journal in the till's folder: one JSON line ({@link JournalLine}) each. */
export const JOURNAL_FILE = 'journal.ndjson';

/** Opens the journal of a till's folder; what a torn last write left behind is cut off. */
export async function openJournal(
  directory: string,
): Promise<Journal & { close: () => Promise<void> }> {
  const path = join(directory, JOURNAL_FILE);
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const handle = await open(path, 'a');
  if (whole.length < text.length) await handle.truncate(Buffer.byteLength(whole));
  return new FileJournal(handle, parseJournal(whole));
}

/** The lines of a journal's text; a last line without its end is left out. */
export function parseJournal(text: string): JournalLine[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as JournalLine);
}

class FileJournal implements Journal {
  readonly #handle: FileHandle;
  readonly #writer: GroupCommit<string>;
  readonly #kinds = new Map<string, string>();
  readonly #written = new Set<string>();
  readonly #totals: JournalTotals = {
    sold: 0,
    accepted: 0,
    confirmed: 0,
    grossMinor: 0,
    others: { customers: 0, returns: 0, cashMovements: 0, cashUps: 0 },
  };

  constructor(handle: FileHandle, lines: readonly JournalLine[]) {
    this.#handle = handle;
    this.#writer = new GroupCommit(async (texts) => {
      await handle.appendFile(texts.join(''));
      await handle.datasync();
    });
    for (const line of lines) this.#note(line);
  }

  async write(line: JournalLine): Promise<void> {
    if (!this.#note(line)) return;
    await this.#writer.add(`${JSON.stringify(line)}\n`);
  }

  totals(): JournalTotals {
    return structuredClone(this.#totals);
  }

  async close(): Promise<void> {
    await this.#writer.idle();
    await this.#handle.close();
  }

  /** False where the line is there already. */
  #note(line: JournalLine): boolean {
    const name = `${line.what} ${line.messageId}`;
    if (this.#written.has(name)) return false;
    this.#written.add(name);
    if (line.what === 'made') this.#count(line);
    else if (this.#kinds.get(line.messageId) === 'sale') this.#totals[line.what] += 1;
    return true;
  }

  #count(line: JournalLine & { what: 'made' }): void {
    const { others } = this.#totals;
    this.#kinds.set(line.messageId, line.kind);
    this.#totals.grossMinor += line.grossMinor;
    if (line.kind === 'sale') this.#totals.sold += 1;
    else others[OTHERS[line.kind]] += 1;
  }
}

const OTHERS = {
  return: 'returns',
  customer: 'customers',
  cashMovement: 'cashMovements',
  cashUp: 'cashUps',
} as const;
