import { Button } from '@mantine/core';
import { IconPower } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DefinitionChange } from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { failureWords } from './failure-words.ts';
import classes from './form.module.css';
import { useReview } from './use-review.ts';

/** Switches a definition off, or on again: nothing is ever deleted. */
export function SwitchButton(props: {
  model: DefinitionChange['model'];
  row: { id: string; active: boolean };
  name: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const review = useReview();
  const { model, name } = props;
  const { id, active } = props.row;
  const toggle = useMutation({
    mutationFn: () =>
      review({
        title: t(active ? 'estate.review.titleOff' : 'estate.review.titleOn', { name }),
        send: (manner) =>
          estateClient.change({
            changes: [
              active
                ? { action: 'deactivate', model, id }
                : { action: 'update', model, id, fields: { active: true } },
            ],
            ...manner,
          }),
        onDone: props.onDone,
      }),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPower size={16} aria-hidden />}
        loading={toggle.isPending}
        onClick={() => toggle.mutate()}
      >
        {t(active ? 'estate.servers.deactivate' : 'estate.servers.reactivate')}
      </Button>
      {toggle.error ? (
        <p role="alert" className={classes['fault']} data-shown>
          {failureWords(t, toggle.error)}
        </p>
      ) : null}
    </>
  );
}
