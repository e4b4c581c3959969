import { useEffect, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { OriginMove } from '../../../origin-move.ts';
import { decideOriginMove } from '../../../origin-move.ts';
import type { CashUpSoFar, PosTill } from '../../../pos-till.ts';
import { useSurroundings } from '../../surroundings.tsx';
import { usePosStatus, useTill } from '../../till-context.tsx';
import { useSale } from '../sell/sale-context.tsx';
import { readPublicUrl } from './public-url.ts';

/** How often the server is asked. */
const ASK_MS = 10_000;
/** The screen that a till leaves for its new origin; the others are finished first. */
const SELL = '/';

/** What was learned last of what a move depends on, besides the status and the cart. */
interface Learned {
  publicUrl: string | null;
  putAside: number;
}

/** What this till does about its page's origin. */
export function useOriginMove(): OriginMove {
  const till = useTill();
  const { timers } = useSurroundings();
  const { kept } = usePosStatus();
  const { cart } = useSale();
  const [location] = useHashLocation();
  const [{ publicUrl, putAside }, setLearned] = useState<Learned>({ publicUrl: null, putAside: 0 });
  useEffect(() => {
    const ended = new AbortController();
    const run = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        const learned = await learn(till).catch(() => undefined);
        if (learned !== undefined) setLearned(learned);
        await timers.pause(ASK_MS, ended.signal);
      }
    };
    void run();
    return () => ended.abort();
  }, [till, timers]);
  // A receipt or the report of a cash-up may still be wanted on paper.
  const isElsewhere = location !== SELL;
  const isBusy = isElsewhere || cart.lines.length > 0 || putAside > 0 || isOpen(till.cashUpSoFar());
  return decideOriginMove({ ownOrigin: window.location.origin, publicUrl, kept, isBusy });
}

async function learn(till: PosTill): Promise<Learned> {
  const [publicUrl, putAside] = await Promise.all([readPublicUrl(), till.suspended()]);
  return { publicUrl, putAside: putAside.length };
}

/** Whether something is in the cash-up that would stay behind. */
function isOpen({ sales, returns, methods }: CashUpSoFar): boolean {
  const isMoved = methods.some(({ depositsMinor, dropsMinor }) => depositsMinor + dropsMinor > 0);
  return sales.count + returns.count > 0 || isMoved;
}
