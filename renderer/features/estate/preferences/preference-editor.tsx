import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  PreferenceLevel,
  PreferenceList,
} from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { organizationsQuery, terminalsQuery } from '../../../estate-queries.ts';
import { useLast } from '../../../ui/use-last.ts';
import { NO_LANDMARK } from '../../../ui/window.ts';
import { failureWords } from '../review/failure-words.ts';
import { useReview } from '../review/use-review.ts';
import { holderOf, holderText, settingOf } from './holder.ts';
import type { Holder } from './holder.ts';
import { preferenceMeaning, preferenceName } from './preference-words.ts';
import classes from './preferences.module.css';
import { ValueInput } from './value-input.tsx';

/** A preference that is being set, and for whom. */
export interface Editing {
  entry: PreferenceList['preferences'][number];
  holder: Holder;
}

/** Sets a preference for the system or one holder. */
export function PreferenceEditor(props: {
  editing: Editing | null;
  clients: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { editing } = props;
  const titled = useLast(editing);
  return (
    <Modal
      opened={editing !== null}
      onClose={props.onClose}
      title={titled === null ? '' : preferenceName(t, titled.entry)}
      closeButtonProps={{ 'aria-label': t('queue.entry.close') }}
      attributes={NO_LANDMARK}
      classNames={{ title: classes['title'] ?? '' }}
      centered
    >
      {editing === null ? null : (
        <Form
          key={`${editing.entry.key} ${holderText(editing.holder)}`}
          {...editing}
          clients={props.clients}
          onClose={props.onClose}
        />
      )}
    </Modal>
  );
}

function Form(props: Editing & { clients: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const review = useReview();
  const { entry, onClose } = props;
  const [holder, setHolder] = useState(props.holder);
  const [value, setValue] = useState(() => presentOf(entry, props.holder));
  const [fault, setFault] = useState<string>();
  const choices = useChoices(entry.levels, props.clients);
  const propose = useMutation({
    mutationFn: () =>
      review({
        title: preferenceName(t, entry),
        send: (manner) =>
          estateClient.change({ changes: [settingOf(entry, holder, value)], ...manner }),
        onFaults: (faults) => setFault(faults.map(({ message }) => message).join(' ')),
        onDone: onClose,
      }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setFault(undefined);
    if (!propose.isPending) propose.mutate();
  };
  return (
    <form className={classes['form']} onSubmit={submit} noValidate>
      <p className="br-quiet">{preferenceMeaning(t, entry)}</p>
      <NativeSelect
        label={t('estate.preferences.for')}
        value={holderText(holder)}
        onChange={(event) => {
          const chosen = choices.find((one) => one.value === event.currentTarget.value);
          if (!chosen) return;
          setHolder(chosen.holder);
          setValue(presentOf(entry, chosen.holder));
        }}
        data={choices.map(({ value: text, label }) => ({ value: text, label }))}
      />
      <ValueInput
        key={holderText(holder)}
        entry={entry}
        value={value}
        fault={fault}
        onChange={(next) => {
          setValue(next);
          setFault(undefined);
        }}
      />
      {propose.error ? (
        <p role="alert" className={classes['fault']}>
          {failureWords(t, propose.error)}
        </p>
      ) : null}
      <Button type="submit" loading={propose.isPending}>
        {t('estate.review.preview')}
      </Button>
    </form>
  );
}

/** What is set for a holder now, else what counts where nothing is set. */
function presentOf(entry: Editing['entry'], holder: Holder): string {
  const row = entry.set.find(
    (one) => one.active && holderText(holderOf(one)) === holderText(holder),
  );
  return row?.value ?? entry.effective.value ?? entry.default ?? '';
}

function useChoices(
  levels: readonly PreferenceLevel[],
  clients: readonly string[],
): { value: string; label: string; holder: Holder }[] {
  const { t } = useTranslation();
  const organizations = useQuery(organizationsQuery).data?.organizations ?? [];
  const terminals = useQuery(terminalsQuery).data?.terminals ?? [];
  const all: { label: string; holder: Holder }[] = [
    { label: t('estate.level.system'), holder: { level: 'system', id: '' } },
    ...clients.map((id): { label: string; holder: Holder } => ({
      label: t('estate.level.client', { name: id }),
      holder: { level: 'client', id },
    })),
    ...organizations
      .filter(({ active }) => active)
      .map(({ id, name }): { label: string; holder: Holder } => ({
        label: t('estate.level.organization', { name }),
        holder: { level: 'organization', id },
      })),
    ...terminals
      .filter(({ active }) => active)
      .map(({ id, name }): { label: string; holder: Holder } => ({
        label: t('estate.level.terminal', { name }),
        holder: { level: 'terminal', id },
      })),
  ];
  return all
    .filter(({ holder }) => levels.includes(holder.level))
    .map((choice) => ({ ...choice, value: holderText(choice.holder) }));
}
