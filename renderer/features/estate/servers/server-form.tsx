import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionsSummary, ServerRow } from '../../../../server/contract/definitions-api.ts';
import { FormFoot } from '../review/form-foot.tsx';
import form from '../review/form.module.css';
import { SwitchButton } from '../review/switch-button.tsx';
import { useProposal } from '../review/use-proposal.ts';
import { changeOf, draftOf, faultsByField, newDraft } from './draft.ts';
import type { DraftField, ServerDraft } from './draft.ts';
import { OrganizationsPicker } from './organizations-picker.tsx';
import { ReplicatesPicker } from './replicates-picker.tsx';
import { ServerFacts } from './server-facts.tsx';
import { ServicesPicker } from './services-picker.tsx';

interface FormProps {
  /** Undefined: a new one. */
  server: ServerRow | undefined;
  servers: readonly ServerRow[];
  summary: DefinitionsSummary;
  onJoin: (serverKey: string) => void;
  /** The id of a server that was made, so that it is shown; undefined where the form is done with. */
  onDone: (id: string | undefined) => void;
}

/** Every field of a server's definition. What a person alters is previewed before it is made. */
export function ServerForm(props: FormProps) {
  const { t } = useTranslation();
  const { server, summary } = props;
  const [draft, setDraft] = useState(() => (server ? draftOf(server) : newDraft(props.servers)));
  const { propose, faults, forget, isPending, error } = useProposal<DraftField>({
    title: server
      ? t('estate.review.titleChange', { name: server.name })
      : t('estate.review.titleNew', { name: draft.name }),
    change: () => changeOf(draft, server),
    changeNo: summary.changeNo,
    faultsOf: faultsByField,
    onDone: ({ difference }) => props.onDone(server ? undefined : difference[0]?.id),
  });
  const locked = summary.readOnly !== null;
  const set = (part: Partial<ServerDraft>): void => {
    setDraft({ ...draft, ...part });
    forget(Object.keys(part));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    propose();
  };
  const text = (field: 'name' | 'key' | 'url' | 'priority' | 'description') => ({
    label: t(`estate.field.${field}`),
    value: draft[field],
    error: faults[field],
    readOnly: locked,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  });
  return (
    <form className={form['form']} onSubmit={submit} noValidate>
      {server === undefined ? null : <ServerFacts server={server} />}
      <div className={form['pair']}>
        <TextInput {...text('name')} data-autofocus={server === undefined} required />
        <NativeSelect
          label={t('estate.field.type')}
          value={draft.type}
          error={faults.type}
          disabled={locked}
          onChange={(event) =>
            set({ type: event.currentTarget.value === 'MAIN' ? 'MAIN' : 'STORE' })
          }
          data={(['MAIN', 'STORE'] as const).map((type) => ({
            value: type,
            label: t(`estate.type.${type}`),
          }))}
        />
      </div>
      <TextInput {...text('url')} description={t('estate.servers.urlHint')} required />
      <div className={form['pair']}>
        <TextInput
          {...text('key')}
          description={t('estate.servers.keyHint')}
          maxLength={32}
          spellCheck={false}
          required
        />
        <TextInput
          {...text('priority')}
          description={t('estate.servers.priorityHint')}
          inputMode="numeric"
          required
        />
      </div>
      <Textarea {...text('description')} autosize={false} rows={2} />
      <OrganizationsPicker draft={draft} faults={faults} locked={locked} onChange={set} />
      <ServicesPicker draft={draft} faults={faults} locked={locked} onChange={set} />
      {draft.type === 'MAIN' ? (
        <ReplicatesPicker
          draft={draft}
          servers={props.servers.filter(({ id }) => id !== server?.id)}
          faults={faults}
          locked={locked}
          onChange={set}
        />
      ) : null}
      <FormFoot error={error} pending={isPending} locked={locked}>
        {server === undefined ? null : <OtherActions {...props} server={server} />}
      </FormFoot>
    </form>
  );
}

/** Switching it off and on again, and the code with which a store server joins. */
function OtherActions({ server, onJoin, onDone }: FormProps & { server: ServerRow }) {
  const { t } = useTranslation();
  return (
    <div className={form['others']}>
      <SwitchButton
        model="MobileServer"
        row={server}
        name={server.name}
        onDone={() => onDone(undefined)}
      />
      {server.active && server.status.knownBy !== 'self' ? (
        <Button
          variant="default"
          leftSection={<IconTicket size={16} aria-hidden />}
          onClick={() => onJoin(server.key)}
        >
          {t('estate.servers.join')}
        </Button>
      ) : null}
    </div>
  );
}
