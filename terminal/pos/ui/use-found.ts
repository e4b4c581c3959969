import { useEffect, useState } from 'react';
import { useSurroundings } from '../surroundings.tsx';

/** What a search has given so far. */
export interface Found<Item> {
  items: readonly Item[];
  isLooking: boolean;
}

/** A server is asked when the typing has paused for so long. */
const PAUSE_MS = 200;

/**
 * Searches whenever `find` is another function, or what it looks at has another version; the last answer stays until the next is there, and an
 * answer that comes late is dropped.
 */
export function useFound<Item>(find: () => Promise<Item[]>, version: unknown = null): Found<Item> {
  const { timers } = useSurroundings();
  const [found, setFound] = useState<{ items: readonly Item[]; of: unknown }>({
    items: [],
    of: null,
  });
  useEffect(() => {
    const over = new AbortController();
    const look = async (): Promise<void> => {
      const items = await find().catch((): Item[] => []);
      if (!over.signal.aborted) setFound({ items, of: find });
    };
    void timers.pause(PAUSE_MS, over.signal).then(() => (over.signal.aborted ? null : look()));
    return () => over.abort();
  }, [find, version, timers]);
  return { items: found.items, isLooking: found.of !== find };
}
