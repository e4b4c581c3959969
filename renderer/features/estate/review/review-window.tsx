import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangesAnswer } from '../../../../server/contract/definitions-api.ts';
import type { Outcome } from '../../../estate-client.ts';
import { useLast } from '../../../ui/use-last.ts';
import { NO_LANDMARK } from '../../../ui/window.ts';
import { Difference } from './difference.tsx';
import { Counts } from './counts.tsx';
import { Findings } from './findings.tsx';
import { ProofNews } from './proof-news.tsx';
import classes from './review.module.css';
import { failureWords } from './failure-words.ts';
import { hardErrors, softErrors } from './use-review.ts';
import type { Draft } from './use-review.ts';

interface Shown {
  draft: Draft;
  preview: Outcome;
}

/** What a change would do, who stands in its way, and why it is made: seen before it is made. */
export function ReviewWindow(props: {
  shown: Shown | null;
  onClose: () => void;
  onDone: (answer: ChangesAnswer) => void;
}) {
  const { t } = useTranslation();
  const { shown } = props;
  const title = useLast(shown?.draft.title) ?? '';
  return (
    <Modal
      opened={shown !== null}
      onClose={props.onClose}
      size="42rem"
      title={title}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      classNames={{ title: classes['title'] ?? '' }}
      centered
      zIndex={300}
    >
      {shown === null ? null : (
        <Proposal {...shown} onClose={props.onClose} onDone={props.onDone} />
      )}
    </Modal>
  );
}

function Proposal(props: Shown & { onClose: () => void; onDone: (answer: ChangesAnswer) => void }) {
  const { t } = useTranslation();
  const { draft } = props;
  const [reason, setReason] = useState('');
  const [latest, setLatest] = useState(props.preview);
  const hard = hardErrors(latest.findings);
  const soft = softErrors(latest.findings);
  const nothing = latest.difference.length === 0;
  const mayMake = hard.length === 0 && !nothing;
  const make = useMutation({
    mutationFn: () => draft.send({ reason, force: soft.length > 0 }),
    onSuccess: (outcome) => {
      // What stood in the way only now is shown like that of the preview.
      if (outcome.kind === 'refused') setLatest(outcome);
      else props.onDone(outcome);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!make.isPending && mayMake) make.mutate();
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <Findings findings={latest.findings} />
      {latest.kind === 'answered' && latest.proof !== undefined ? (
        <ProofNews proof={latest.proof} />
      ) : null}
      {nothing && hard.length === 0 ? (
        <p className="br-quiet">{t('estate.review.nothing')}</p>
      ) : (
        <>
          <Counts rows={latest.difference} />
          <Difference rows={latest.difference} />
        </>
      )}
      {mayMake ? (
        <Textarea
          label={t('estate.review.reason')}
          description={t(
            soft.length > 0 ? 'estate.review.reasonNeeded' : 'estate.review.reasonHint',
          )}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required={soft.length > 0}
          withAsterisk={false}
          data-autofocus
        />
      ) : null}
      {make.error ? (
        <p role="alert" className={classes['fault']}>
          {failureWords(t, make.error)}
        </p>
      ) : null}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={props.onClose}>
          {t(mayMake ? 'estate.review.back' : 'estate.review.close')}
        </Button>
        {mayMake ? (
          <Button type="submit" loading={make.isPending} color={soft.length > 0 ? 'red.9' : 'sea'}>
            {t(soft.length > 0 ? 'estate.review.force' : 'estate.review.make')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
