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
 * Searches whenever `find` is another function; the last answer stays until the next is there, and an
 * answer that comes late is dropped.
 */
export function useFound<Item>(find: () => Promise<Item[]>): Found<Item> {
  const { timers } = useSurroundings();
  const [found, setFound] = useState<{ items: readonly Item[]; of: unknown }>({
    items: [],
    of: null,
  });
  useEffect(() => {
    const over = new AbortController();
    const look = async (): Promise<void> => {
      await timers.pause(PAUSE_MS, over.signal);
      if (over.signal.aborted) return;
      const items = await find().catch((): Item[] => []);
      if (!over.signal.aborted) setFound({ items, of: find });
    };
    void look();
    return () => over.abort();
  }, [find, timers]);
  return { items: found.items, isLooking: found.of !== find };
}
