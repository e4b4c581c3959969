import type { DraftField, ServerDraft } from './draft.ts';

/** What the parts of the server's form are given. */
export interface PartProps {
  draft: ServerDraft;
  faults: Partial<Record<DraftField, string>>;
  locked: boolean;
  onChange: (part: Partial<ServerDraft>) => void;
}

/** A list with an item put in or taken out; it keeps its order otherwise. */
export function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}
