import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TillRecord } from './compare.ts';

/** The lines of a till's journal, described here once more: the comparison trusts no other reader. */
const lineSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('made'),
    terminal: z.string(),
    kind: z.enum(['sale', 'return', 'customer', 'cashMovement', 'cashUp']),
    id: z.string(),
    messageId: z.string(),
    documentNo: z.string().nullable(),
    grossMinor: z.number().int(),
    tillSeq: z.number().int(),
  }),
  z.object({ what: z.literal('accepted'), messageId: z.string(), atMs: z.number() }),
  z.object({ what: z.literal('confirmed'), messageId: z.string() }),
]);

/** The numbers that a till gives its messages are its order, whatever the order of the lines. */
type NumberedRecord = TillRecord & { tillSeq: number };

/**
 * Reads the journals of tills (one JSON object a line) into their records, each till's in its own
 * order. Throws for a line that is none, with its place: a journal that cannot be read proves nothing.
 */
export function readJournals(paths: readonly string[]): TillRecord[] {
  return paths.flatMap((path) => {
    const records = new Map<string, NumberedRecord>();
    // A last line without its end is still being written.
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    lines.forEach((text, index) => takeLine(records, text, `${path}, line ${index + 1}`));
    return [...records.values()].sort((a, b) => a.tillSeq - b.tillSeq);
  });
}

function takeLine(records: Map<string, NumberedRecord>, text: string, place: string): void {
  const line = parseLine(text, place);
  if (line.what === 'made') {
    const { what: _, ...made } = line;
    records.set(line.messageId, { ...made, acceptedAtMs: null, confirmed: false });
    return;
  }
  const record = records.get(line.messageId);
  if (record === undefined) throw new Error(`${place}: ${line.what} before it was made`);
  if (line.what === 'accepted') record.acceptedAtMs ??= line.atMs;
  else record.confirmed = true;
}

function parseLine(text: string, place: string): z.infer<typeof lineSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${place} is no JSON`, { cause });
  }
  const line = lineSchema.safeParse(value);
  if (line.success) return line.data;
  throw new Error(`${place} is no line of a till's journal: ${z.prettifyError(line.error)}`);
}
