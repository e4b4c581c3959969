import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPower, IconTicket } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DefinitionsSummary, ServerRow } from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { failureWords } from '../review/failure-words.ts';
import { useReview } from '../review/use-review.ts';
import { changeOf, draftOf, faultsByField, newDraft } from './draft.ts';
import type { DraftField, ServerDraft } from './draft.ts';
import { OrganizationsPicker } from './organizations-picker.tsx';
import { ReplicatesPicker } from './replicates-picker.tsx';
import classes from './server-form.module.css';
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
  const { propose, faults, forget } = useProposal(props, draft);
  const locked = summary.readOnly !== null;
  const set = (part: Partial<ServerDraft>): void => {
    setDraft({ ...draft, ...part });
    forget(Object.keys(part) as DraftField[]);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!propose.isPending) propose.mutate();
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
    <form className={classes['form']} onSubmit={submit} noValidate>
      {server === undefined ? null : <ServerFacts server={server} />}
      <div className={classes['pair']}>
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
      <div className={classes['pair']}>
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
      <p role="alert" className={classes['fault']} data-shown={propose.error !== null}>
        {propose.error ? failureWords(t, propose.error) : null}
      </p>
      {locked ? null : (
        <div className={classes['actions']}>
          {server === undefined ? null : <OtherActions {...props} server={server} />}
          <Button type="submit" loading={propose.isPending}>
            {t('estate.review.preview')}
          </Button>
        </div>
      )}
    </form>
  );
}

function useProposal({ server, summary, onDone }: FormProps, draft: ServerDraft) {
  const { t } = useTranslation();
  const review = useReview();
  // A change that somebody else makes while this form is open is told, not overwritten.
  const [knownChangeNo] = useState(summary.changeNo);
  const [faults, setFaults] = useState<Partial<Record<DraftField, string>>>({});
  const propose = useMutation({
    mutationFn: () => {
      setFaults({});
      const changes = [changeOf(draft, server)];
      return review({
        title: server
          ? t('estate.review.titleChange', { name: server.name })
          : t('estate.review.titleNew', { name: draft.name }),
        send: (manner) => estateClient.change({ changes, knownChangeNo, ...manner }),
        onFaults: (found) => setFaults(faultsByField(found)),
        onDone: ({ difference }) => onDone(server ? undefined : difference[0]?.id),
      });
    },
  });
  const forget = (fields: readonly DraftField[]): void =>
    setFaults(
      Object.fromEntries(
        Object.entries(faults).filter(([field]) => !fields.some((one) => one === field)),
      ),
    );
  return { propose, faults, forget };
}

/** Switching it off and on again, and the code with which a store server joins. */
function OtherActions({ server, onJoin, onDone }: FormProps & { server: ServerRow }) {
  const { t } = useTranslation();
  const review = useReview();
  const { active, id, name } = server;
  const toggle = useMutation({
    mutationFn: () =>
      review({
        title: t(active ? 'estate.review.titleOff' : 'estate.review.titleOn', { name }),
        send: (manner) =>
          estateClient.change({
            changes: [
              active
                ? { action: 'deactivate', model: 'MobileServer', id }
                : { action: 'update', model: 'MobileServer', id, fields: { active: true } },
            ],
            ...manner,
          }),
        onDone: () => onDone(undefined),
      }),
  });
  return (
    <div className={classes['others']}>
      <Button
        variant="default"
        leftSection={<IconPower size={16} aria-hidden />}
        loading={toggle.isPending}
        onClick={() => toggle.mutate()}
      >
        {t(active ? 'estate.servers.deactivate' : 'estate.servers.reactivate')}
      </Button>
      {active && server.status.knownBy !== 'self' ? (
        <Button
          variant="default"
          leftSection={<IconTicket size={16} aria-hidden />}
          onClick={() => onJoin(server.key)}
        >
          {t('estate.servers.join')}
        </Button>
      ) : null}
      {toggle.error ? (
        <p role="alert" className={classes['fault']} data-shown>
          {failureWords(t, toggle.error)}
        </p>
      ) : null}
    </div>
  );
}
