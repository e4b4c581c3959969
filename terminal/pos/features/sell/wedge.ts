/** Keys that came so fast one after the other that a scanner must have sent them. */
export interface Burst {
  text: string;
  /** When its last key came, ms of the page's clock. */
  lastMs: number;
}

export const NO_BURST: Burst = { text: '', lastMs: -Infinity };

/** People do not type two keys within this. */
const LONGEST_GAP_MS = 40;
const SHORTEST_CODE = 4;
const LONGEST_CODE = 128;

/** The burst after a key, and the code that it completes: Enter ends a scan. */
export function feed(
  burst: Burst,
  key: string,
  atMs: number,
): { burst: Burst; code: string | null } {
  const isFast = atMs - burst.lastMs <= LONGEST_GAP_MS;
  if (key === 'Enter') {
    const isCode = isFast && burst.text.length >= SHORTEST_CODE;
    return { burst: NO_BURST, code: isCode ? burst.text : null };
  }
  // A scanner presses Shift for capitals.
  if (key === 'Shift') return { burst, code: null };
  if (key.length !== 1) return { burst: NO_BURST, code: null };
  const text = isFast ? burst.text + key : key;
  return { burst: text.length > LONGEST_CODE ? NO_BURST : { text, lastMs: atMs }, code: null };
}
