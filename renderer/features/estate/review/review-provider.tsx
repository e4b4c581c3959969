import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangesAnswer } from '../../../../server/contract/definitions-api.ts';
import type { Outcome } from '../../../estate-client.ts';
import { refresh } from '../../../queries.ts';
import { announce } from '../../../ui/announce.tsx';
import { ReviewWindow } from './review-window.tsx';
import { hardErrors, ReviewContext } from './use-review.ts';
import type { Draft, Review } from './use-review.ts';

/** Gives everything below it the way to make changes, and holds the window in which they are seen. */
export function ReviewProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [shown, setShown] = useState<{ draft: Draft; preview: Outcome } | null>(null);
  const review: Review = useCallback(async (draft) => {
    const preview = await draft.send({ dryRun: true });
    const faults = hardErrors(preview.findings);
    if (draft.onFaults && faults.some(({ field }) => field !== '')) draft.onFaults(faults);
    else setShown({ draft, preview });
  }, []);
  const done = (answer: ChangesAnswer): void => {
    setShown(null);
    announce(t('estate.review.done', { no: answer.changeNo ?? 0 }));
    shown?.draft.onDone?.(answer);
    void refresh(queryClient, ['definitions', 'uptake']);
  };
  return (
    <ReviewContext value={review}>
      {children}
      <ReviewWindow shown={shown} onClose={() => setShown(null)} onDone={done} />
    </ReviewContext>
  );
}
