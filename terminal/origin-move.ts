/**
 * What a till does about its page's origin. A browser keeps the till's sales under the origin of the
 * page; when the server names another one (http became https, or the computer has a new name), the till
 * must have nothing left here before it opens its page there.
 *
 * - `stay`: the page is where it belongs, or nobody said where that is.
 * - `finish`: it goes on selling here until what is open is closed, because that would stay behind.
 * - `drain`: nothing is open; it takes no new sale, and what it keeps is on its way to every main.
 * - `move`: nothing is kept here any more.
 */
export type OriginMove =
  | { kind: 'stay' }
  | { kind: 'finish'; to: string }
  | { kind: 'drain'; to: string; kept: number }
  | { kind: 'move'; to: string };

/** How the till stands. */
export interface OriginState {
  /** Of the page, as `location.origin` has it. */
  ownOrigin: string;
  /** What the page's server answers to `/pos/origin`; null where it names none or did not answer. */
  publicUrl: string | null;
  /** Records that are not at every main yet. */
  kept: number;
  /** A cart has lines or is put aside, or the open cash-up has something in it. */
  isBusy: boolean;
}

/** The decision. Pure. */
export function decideOriginMove(state: OriginState): OriginMove {
  const { publicUrl, ownOrigin, kept, isBusy } = state;
  const to = publicUrl === null ? null : (URL.parse(publicUrl)?.origin ?? null);
  if (to === null || to === ownOrigin) return { kind: 'stay' };
  if (isBusy) return { kind: 'finish', to };
  return kept > 0 ? { kind: 'drain', to, kept } : { kind: 'move', to };
}
