import { useSearchParams } from 'wouter';
import { entryStateSchema } from '../../../server/contract/manage.ts';
import type { EntryState } from '../../../server/contract/manage.ts';

/** What the queue screen shows. It lives in the address, so that back, reload and links work. */
export interface QueueFilter {
  state: EntryState | undefined;
  terminal: string | undefined;
  before: number | undefined;
  /** The entry shown in full. */
  entry: number | undefined;
}

/** The filter and the way to change parts of it; `undefined` takes a part away. */
export function useQueueFilter(): [QueueFilter, (change: Partial<QueueFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter: QueueFilter = {
    state: entryStateSchema.safeParse(params.get('state')).data,
    terminal: params.get('terminal') ?? undefined,
    before: numberOf(params.get('before')),
    entry: numberOf(params.get('entry')),
  };
  const change = (part: Partial<QueueFilter>): void => {
    setParams((present) => {
      const next = new URLSearchParams(present);
      for (const [name, value] of Object.entries(part)) {
        if (value === undefined) next.delete(name);
        else next.set(name, String(value));
      }
      return next;
    });
  };
  return [filter, change];
}

function numberOf(text: string | null): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
