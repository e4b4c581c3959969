import { IconRoute } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { OriginMove } from '../../../origin-move.ts';
import type { PosTill } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Empty } from '../../ui/empty.tsx';

/** Says that the till will move, while it still sells here. */
export function MoveBanner({ move }: { move: OriginMove }) {
  const { t } = useWords();
  if (move.kind !== 'finish') return null;
  return <Banner tone="busy">{t('move.finish', { to: move.to })}</Banner>;
}

/**
 * Stands between a session and its screens: while what is kept is sent it takes no new sale, and opens
 * the page at its new origin when nothing is left behind.
 */
export function MoveGate({ move, children }: { move: OriginMove; children: ReactNode }) {
  const { t } = useWords();
  const till = useTill();
  const goesTo = move.kind === 'move' ? move.to : null;
  useEffect(() => {
    if (goesTo !== null) void leaveFor(goesTo, till);
  }, [goesTo, till]);
  if (move.kind === 'stay' || move.kind === 'finish') return children;
  const body = move.kind === 'drain' ? t('move.drain', { count: move.kept }) : t('move.leaving');
  return (
    <section role="status">
      <Empty icon={IconRoute} title={t('move.title', { to: move.to })} body={body} />
    </section>
  );
}

/** Opens the same page with the same till at another origin, unless a ticket was put aside just now. */
async function leaveFor(origin: string, till: PosTill): Promise<void> {
  if ((await till.suspended()).length > 0) return;
  const { pathname, search } = window.location;
  window.location.replace(origin + pathname + search);
}
