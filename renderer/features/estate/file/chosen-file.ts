import { LIMITS } from '../../../../server/contract/limits.ts';
import type { EstateFormat } from '../../../../server/contract/estate.ts';

/** A file that a person has chosen, as text. */
export interface ChosenFile {
  name: string;
  bytes: number;
  text: string;
  /** By the name of the file; undefined where only the text can tell. */
  format: EstateFormat | undefined;
}

/** In the request the text is quoted and stands beside a few words. */
const AROUND_BYTES = 1_024;

/** The size that is told to people as the largest: quoting makes most texts a little longer. */
export const LARGEST_MEGABYTES = Math.floor((LIMITS.definitionsBodyBytes * 0.75) / 1_000_000);

/** Reads a file; undefined where its text is too large for one request. Rejects where it cannot be read. */
export async function readChosen(file: File): Promise<ChosenFile | undefined> {
  if (file.size > LIMITS.definitionsBodyBytes) return undefined;
  const text = await file.text();
  const requestBytes = new Blob([JSON.stringify(text)]).size + AROUND_BYTES;
  if (requestBytes > LIMITS.definitionsBodyBytes) return undefined;
  return { name: file.name, bytes: file.size, text, format: formatOf(file.name) };
}

/** The format that the name of a file says. */
export function formatOf(name: string): EstateFormat | undefined {
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  return /\.json$/i.test(name) ? 'json' : undefined;
}
