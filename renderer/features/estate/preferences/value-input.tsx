import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreferenceEntry } from '../../../../server/contract/definitions-api.ts';
import { serversQuery } from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { inOneUnit, toMilliseconds, UNITS } from './duration.ts';
import classes from './preferences.module.css';

interface InputProps {
  entry: PreferenceEntry;
  value: string;
  fault: string | undefined;
  onChange: (value: string) => void;
}

/** The input that fits the kind of a preference. */
export function ValueInput(props: InputProps) {
  switch (props.entry.kind) {
    case 'duration':
      return <DurationInput {...props} />;
    case 'yesNo':
      return <YesNoInput {...props} />;
    case 'serverKey':
      return <ServerInput {...props} />;
  }
}

function DurationInput({ entry, value, fault, onChange }: InputProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState(() => inOneUnit(value));
  const type = (next: typeof typed): void => {
    setTyped(next);
    onChange(toMilliseconds(next.amount, next.unit));
  };
  const bounds =
    entry.min === null || entry.max === null
      ? undefined
      : t('estate.preferences.bounds', {
          min: format.span(entry.min),
          max: format.span(entry.max),
        });
  return (
    <div className={classes['amount']}>
      <TextInput
        label={t('estate.field.value')}
        value={typed.amount}
        error={fault}
        description={bounds}
        inputMode="decimal"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        onChange={(event) => type({ ...typed, amount: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('estate.preferences.unit')}
        value={typed.unit}
        onChange={(event) => {
          const unit = UNITS.find((one) => one.unit === event.currentTarget.value)?.unit;
          if (unit) type({ ...typed, unit });
        }}
        data={UNITS.map(({ unit }) => ({ value: unit, label: t(`estate.unit.${unit}`) }))}
      />
    </div>
  );
}

function YesNoInput({ value, fault, onChange }: InputProps) {
  const { t } = useTranslation();
  return (
    <div>
      <SegmentedControl
        aria-label={t('estate.field.value')}
        value={value === 'Y' ? 'Y' : 'N'}
        onChange={onChange}
        data={[
          { value: 'Y', label: t('estate.value.on') },
          { value: 'N', label: t('estate.value.off') },
        ]}
      />
      {fault === undefined ? null : (
        <p role="alert" className={classes['fault']} lang="en">
          {fault}
        </p>
      )}
    </div>
  );
}

function ServerInput({ value, fault, onChange }: InputProps) {
  const { t } = useTranslation();
  const servers = useQuery(serversQuery).data?.servers ?? [];
  const mains = servers.filter(({ type, active }) => type === 'MAIN' && active);
  return (
    <NativeSelect
      label={t('estate.field.value')}
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: '–' },
        ...mains.map(({ key, name }) => ({ value: key, label: `${name} (${key})` })),
      ]}
    />
  );
}
