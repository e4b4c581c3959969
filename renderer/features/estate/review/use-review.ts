import { createContext, use } from 'react';
import type {
  ChangesAnswer,
  DefinitionFinding,
  UndoRequest,
} from '../../../../server/contract/definitions-api.ts';
import type { Outcome } from '../../../estate-client.ts';

/** A change that a person has in mind. It is previewed, shown, and made when they say so. */
export interface Draft {
  title: string;
  /** Asks for it; with `dryRun` nothing happens. */
  send: (manner: UndoRequest) => Promise<Outcome>;
  /** Takes the errors that belong to a field of a form; the window is then not opened. */
  onFaults?: (faults: readonly DefinitionFinding[]) => void;
  onDone?: (answer: ChangesAnswer) => void;
}

/** Shows what a change would do. Resolves when the preview is there; rejects where it failed. */
export type Review = (draft: Draft) => Promise<void>;

export const ReviewContext = createContext<Review>(() => Promise.resolve());

/** The way to make a change: every one is looked at before it is made. */
export function useReview(): Review {
  return use(ReviewContext);
}

/** Errors that nobody can override. */
export function hardErrors(findings: readonly DefinitionFinding[]): DefinitionFinding[] {
  return findings.filter(({ severity, forceable }) => severity === 'error' && !forceable);
}

/** Errors that a reason overrides. */
export function softErrors(findings: readonly DefinitionFinding[]): DefinitionFinding[] {
  return findings.filter(({ severity, forceable }) => severity === 'error' && forceable);
}
