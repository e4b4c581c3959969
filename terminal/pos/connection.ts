import type { PosDoor } from '../pos-till.ts';

/** How this window stands to its till. */
export type TillState =
  | { kind: 'opening' }
  | { kind: 'open'; door: PosDoor }
  /** Another window of this browser has the till; it can be asked for it. */
  | { kind: 'elsewhere'; useHere: () => void }
  /** The store cannot be used; why, in words. */
  | { kind: 'failed'; message: string };

/** This window's till. The state is the same object until it changes. */
export interface Connection {
  state(): TillState;
  subscribe(listener: () => void): () => void;
}
