import { IconRoute } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { OriginMove } from '../../../origin-move.ts';
import { useWords } from '../../i18n.ts';
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
  const goesTo = move.kind === 'move' ? move.to : null;
  useEffect(() => {
    if (goesTo !== null) window.location.replace(addressAt(goesTo));
  }, [goesTo]);
  if (move.kind === 'stay' || move.kind === 'finish') return children;
  const body = move.kind === 'drain' ? t('move.drain', { count: move.kept }) : t('move.leaving');
  return (
    <section role="status">
      <Empty icon={IconRoute} title={t('move.title', { to: move.to })} body={body} />
    </section>
  );
}

/** The same page with the same till, at another origin. */
function addressAt(origin: string): string {
  const { pathname, search } = window.location;
  return origin + pathname + search;
}
