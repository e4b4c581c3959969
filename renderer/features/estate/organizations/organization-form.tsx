import { NativeSelect, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DefinitionsSummary,
  OrganizationNode,
} from '../../../../server/contract/definitions-api.ts';
import { FormFoot } from '../review/form-foot.tsx';
import form from '../review/form.module.css';
import { SwitchButton } from '../review/switch-button.tsx';
import { useProposal } from '../review/use-proposal.ts';
import { faultsOfRow, organizationChange, organizationDraft } from './organization-draft.ts';
import type { OrganizationDraft, OrganizationField } from './organization-draft.ts';

/** The name of an organization and what it is part of. */
export function OrganizationForm(props: {
  /** Undefined: a new one. */
  node: OrganizationNode | undefined;
  nodes: readonly OrganizationNode[];
  /** What a new one is part of, unless a person chooses otherwise; '' for nothing. */
  below: string;
  summary: DefinitionsSummary;
  /** The id of one that was made; undefined where the form is done with. */
  onDone: (id: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { node, summary } = props;
  const [draft, setDraft] = useState(() => organizationDraft(node, props.below));
  const locked = summary.readOnly !== null;
  const { propose, faults, forget, isPending, error } = useProposal<OrganizationField>({
    title: node
      ? t('estate.review.titleChange', { name: node.name })
      : t('estate.organizations.titleNew', { name: draft.name }),
    change: () => organizationChange(draft, node),
    changeNo: summary.changeNo,
    faultsOf: (found) =>
      faultsOfRow(found, node?.id, (member) => (member === 'parent' ? 'parent' : 'name')),
    onDone: ({ difference }) => props.onDone(node ? undefined : difference[0]?.id),
  });
  const set = (part: Partial<OrganizationDraft>): void => {
    setDraft({ ...draft, ...part });
    forget(Object.keys(part));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    propose();
  };
  const parents = props.nodes.filter(({ id, active }) => active && id !== node?.id);
  return (
    <form className={form['form']} onSubmit={submit} noValidate>
      <div className={form['pair']}>
        <TextInput
          label={t('estate.field.name')}
          value={draft.name}
          error={faults.name}
          readOnly={locked}
          onChange={(event) => set({ name: event.currentTarget.value })}
          data-autofocus={node === undefined}
          withAsterisk={false}
          required
        />
        <NativeSelect
          label={t('estate.field.parent')}
          value={draft.parent}
          error={faults.parent}
          disabled={locked}
          onChange={(event) => set({ parent: event.currentTarget.value })}
          data={[
            { value: '', label: t('estate.organizations.root') },
            ...parents.map(({ id, name, depth }) => ({ value: id, label: indented(name, depth) })),
          ]}
        />
      </div>
      <FormFoot error={error} pending={isPending} locked={locked}>
        {node === undefined ? null : (
          <div className={form['others']}>
            <SwitchButton
              model="Organization"
              row={node}
              name={node.name}
              onDone={() => props.onDone(undefined)}
            />
          </div>
        )}
      </FormFoot>
    </form>
  );
}

/** A list in a select has no levels of its own. */
export function indented(name: string, depth: number): string {
  return `${'\u2003'.repeat(depth)}${name}`;
}
