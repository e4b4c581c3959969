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
import { faultsOfRow } from './organization-draft.ts';
import { indented } from './organization-form.tsx';
import classes from './organizations.module.css';
import { TillFacts } from './till-facts.tsx';
import { likeTill, newTillDraft, tillChange, tillDraft } from './till-draft.ts';
import type { Till, TillDraft, TillField } from './till-draft.ts';
import { TillMoney } from './till-money.tsx';

/** Every field of a till's definition. What its Web POS is set up with is taken from another till. */
export function TillForm(props: {
  /** Undefined: a new one, of this organization. */
  till: Till | undefined;
  organization: string;
  tills: readonly Till[];
  nodes: readonly OrganizationNode[];
  summary: DefinitionsSummary;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { till, tills, nodes, summary } = props;
  const [draft, setDraft] = useState(() =>
    till ? tillDraft(till) : newTillDraft(props.organization, nearest(tills, props.organization)),
  );
  const locked = summary.readOnly !== null;
  const { propose, faults, forget, isPending, error } = useProposal<TillField>({
    title: till
      ? t('estate.review.titleChange', { name: till.name })
      : t('estate.tills.titleNew', { name: draft.name }),
    change: () => tillChange(draft, till, tills),
    changeNo: summary.changeNo,
    faultsOf: (found) => faultsOfRow(found, till?.id, (member) => fieldOf(member, draft)),
    onDone: props.onDone,
  });
  const set = (part: Partial<TillDraft>): void => {
    setDraft({ ...draft, ...part });
    forget(Object.keys(part));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    propose();
  };
  const text = (field: Exclude<TillField, 'organization' | 'like' | 'currency'>) => ({
    label: t(`estate.field.${field}`),
    value: draft[field],
    error: faults[field],
    readOnly: locked,
    withAsterisk: false,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  });
  const models = tills.filter(({ id, active }) => active && id !== till?.id);
  return (
    <form className={form['form']} onSubmit={submit} noValidate>
      {till === undefined ? null : <TillFacts till={till} />}
      <div className={form['pair']}>
        <TextInput
          {...text('searchKey')}
          description={t('estate.tills.searchKeyHint')}
          data-autofocus={till === undefined}
          required
        />
        <TextInput {...text('name')} description={t('estate.tills.nameHint')} required />
      </div>
      <div className={form['pair']}>
        <NativeSelect
          label={t('estate.field.organization')}
          value={draft.organization}
          error={faults.organization}
          disabled={locked}
          onChange={(event) => set({ organization: event.currentTarget.value })}
          data={nodes
            .filter(({ active, id }) => active || id === draft.organization)
            .map(({ id, name, depth }) => ({ value: id, label: indented(name, depth) }))}
        />
        <NativeSelect
          label={t('estate.tills.like')}
          value={draft.like}
          error={faults.like}
          disabled={locked}
          onChange={(event) => {
            const model = models.find(({ id }) => id === event.currentTarget.value);
            set(model === undefined ? { like: '' } : likeTill(model));
          }}
          data={[
            { value: '', label: t(till ? 'estate.tills.asItIs' : 'estate.tills.likeNone') },
            ...models.map(({ id, name, searchKey }) => ({
              value: id,
              label: `${searchKey} · ${name}`,
            })),
          ]}
        />
      </div>
      {draft.like === '' ? null : <p className="br-quiet br-small">{t('estate.tills.likeHint')}</p>}
      <fieldset className={form['part']}>
        <legend>{t('estate.tills.numbers')}</legend>
        <p className="br-quiet br-small">{t('estate.tills.numbersHint')}</p>
        <div className={classes['triple']}>
          <TextInput {...text('docNoPrefix')} required />
          <TextInput {...text('returnDocNoPrefix')} />
          <TextInput {...text('quotationDocNoPrefix')} />
        </div>
      </fieldset>
      <TillMoney draft={draft} faults={faults} tills={tills} locked={locked} onChange={set} />
      <FormFoot error={error} pending={isPending} locked={locked}>
        {till === undefined ? null : (
          <div className={form['others']}>
            <SwitchButton model="Terminal" row={till} name={till.name} onDone={props.onDone} />
          </div>
        )}
      </FormFoot>
    </form>
  );
}

/** A till of the same organization, else any: what a new one is most likely to be like. */
function nearest(tills: readonly Till[], organization: string): Till | undefined {
  const active = tills.filter((till) => till.active);
  return active.find((till) => till.organization === organization) ?? active[0];
}

/** A member of the definition is a field of the form, or told at its first one. */
function fieldOf(member: string, draft: TillDraft): TillField {
  if (member === 'config') return 'like';
  return (Object.keys(draft) as TillField[]).find((field) => field === member) ?? 'searchKey';
}
