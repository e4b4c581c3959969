import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { Difference } from '../review/difference.tsx';
import { failureWords } from '../review/failure-words.ts';
import { useReview } from '../review/use-review.ts';
import classes from './history.module.css';

/** One change: who made it, when and why, what was before and after, and the way to take it back. */
export function HistoryItem({ change, mayUndo }: { change: HistoryEntry; mayUndo: boolean }) {
  const { t } = useTranslation();
  const { changeNo, reason, undoes, undoneBy, forced } = change;
  return (
    <li className={classes['item']} data-change={changeNo} aria-labelledby={`change-${changeNo}`}>
      <div className={classes['head']}>
        <p id={`change-${changeNo}`}>
          <strong>{t('estate.history.change', { no: changeNo })}</strong>{' '}
          <span className="br-quiet">
            {t('estate.history.by', { name: change.actor.name })} · <Moment at={change.at} />
          </span>
        </p>
        {undoes === null ? null : (
          <Pill tone="busy" icon={IconArrowBackUp}>
            {t('estate.history.undoes', { no: undoes })}
          </Pill>
        )}
        {undoneBy === null ? null : (
          <Pill tone="calm" icon={IconArrowBackUp}>
            {t('estate.history.undoneBy', { no: undoneBy })}
          </Pill>
        )}
        {forced.length === 0 ? null : (
          <Pill tone="care" icon={IconAlertTriangle}>
            {t('estate.history.forced')}
          </Pill>
        )}
        {mayUndo && undoneBy === null ? <Undo changeNo={changeNo} /> : null}
      </div>
      {reason === null ? null : <p className={classes['reason']}>“{reason}”</p>}
      <Difference rows={change.rows} />
    </li>
  );
}

function Undo({ changeNo }: { changeNo: number }) {
  const { t } = useTranslation();
  const review = useReview();
  const undo = useMutation({
    mutationFn: () =>
      review({
        title: t('estate.history.undoTitle', { no: changeNo }),
        send: (manner) => estateClient.undo(changeNo, manner),
      }),
  });
  return (
    <div className={classes['undo']}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        loading={undo.isPending}
        aria-label={t('estate.history.undoOf', { no: changeNo })}
        onClick={() => undo.mutate()}
      >
        {t('estate.history.undo')}
      </Button>
      {undo.error ? <p role="alert">{failureWords(t, undo.error)}</p> : null}
    </div>
  );
}
