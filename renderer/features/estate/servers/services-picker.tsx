import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { servicesQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { counted } from '../../../words.ts';
import { shortName } from '../words.ts';
import { toggled } from './picker.ts';
import type { PartProps } from './picker.ts';
import form from '../review/form.module.css';
import classes from './server-form.module.css';

const WAYS = ['all', 'only', 'excluding'] as const;

/** What the server offers: all services, only those chosen, or all but those chosen. */
export function ServicesPicker({ draft, faults, locked, onChange }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const fault = faults.services ?? faults.offers;
  const chosen = draft.services.length;
  return (
    <fieldset className={form['part']}>
      <legend>{t('estate.field.services')}</legend>
      <div className={classes['choices']}>
        <SegmentedControl
          aria-label={t('estate.field.services')}
          value={draft.offers}
          onChange={(value) => onChange({ offers: WAYS.find((way) => way === value) ?? 'all' })}
          readOnly={locked}
          data={WAYS.map((way) => ({ value: way, label: t(`estate.servers.defined.${way}`) }))}
        />
        {draft.offers === 'all' ? null : (
          <>
            <p className="br-quiet br-small">
              {t(`estate.servers.chosen.${draft.offers}`, counted(chosen, format.number(chosen)))}
            </p>
            <ServiceChoices draft={draft} locked={locked} onChange={onChange} />
          </>
        )}
        {fault === undefined ? null : (
          <p role="alert" className={form['wrong']} lang="en">
            {fault}
          </p>
        )}
      </div>
    </fieldset>
  );
}

function ServiceChoices({ draft, locked, onChange }: Omit<PartProps, 'faults'>) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const services = useQuery(servicesQuery).data?.services ?? [];
  const wanted = words.trim().toLowerCase();
  const shown = services.filter(({ name }) => name.toLowerCase().includes(wanted));
  // A name may be part of the names of several services; such a one can be taken out here.
  const others = draft.services.filter((name) => !services.some((one) => one.name === name));
  const modules = [...new Set(shown.map(({ module }) => module))];
  const box = (name: string, label: string, description?: string) => (
    <li key={name} className={classes['node']}>
      <Checkbox
        checked={draft.services.includes(name)}
        disabled={locked}
        onChange={() => onChange({ services: toggled(draft.services, name) })}
        label={label}
        description={description}
      />
    </li>
  );
  return (
    <>
      <TextInput
        aria-label={t('estate.servers.find')}
        placeholder={t('estate.servers.find')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={classes['list']}>
        {others.length === 0 ? null : (
          <>
            <p className={classes['module']}>{t('estate.servers.otherNames')}</p>
            <ul aria-label={t('estate.servers.otherNames')}>
              {others.map((name) => box(name, name, t('estate.servers.otherNamesHint')))}
            </ul>
          </>
        )}
        {modules.map((module) => (
          <div key={module}>
            <p className={classes['module']}>{module}</p>
            <ul aria-label={module}>
              {shown
                .filter((one) => one.module === module)
                .map((one) =>
                  box(one.name, shortName(one.name), t(`estate.routing.${one.routingType}.name`)),
                )}
            </ul>
          </div>
        ))}
        {shown.length === 0 ? (
          <p className={classes['module']}>{t('estate.servers.noneFound')}</p>
        ) : null}
      </div>
    </>
  );
}
