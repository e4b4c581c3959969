import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureWords } from './failure-words.ts';
import classes from './form.module.css';

/** The foot of a form: why it could not be looked at, what else may be done, and the way to the preview. */
export function FormFoot(props: {
  error: Error | null;
  pending: boolean;
  /** Nothing can be changed here. */
  locked: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <>
      <p role="alert" className={classes['fault']} data-shown={props.error !== null}>
        {props.error ? failureWords(t, props.error) : null}
      </p>
      {props.locked ? null : (
        <div className={classes['actions']}>
          {props.children}
          <Button type="submit" loading={props.pending}>
            {t('estate.review.preview')}
          </Button>
        </div>
      )}
    </>
  );
}
