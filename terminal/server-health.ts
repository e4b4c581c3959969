/** A server as the till sees it. */
export interface ServerHealth {
  online: boolean;
  /** The newest failure in words; null while nothing is wrong. */
  lastError: string | null;
}

/** What was seen of a server: it answered, whatever the answer, or it could not be used. */
export type Seen = { kind: 'answered' } | { kind: 'failed'; error: string };

/** Before anything was seen, a server is worth a try. */
export const UNSEEN: ServerHealth = { online: true, lastError: null };

/** The health after something was seen: the only way in which it changes. */
export function observe(_before: ServerHealth, seen: Seen): ServerHealth {
  return seen.kind === 'answered' ? UNSEEN : { online: false, lastError: seen.error };
}
