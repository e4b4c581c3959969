import { NativeSelect, TextInput } from '@mantine/core';
import { useWords } from '../../i18n.ts';
import { useCatalogue } from '../../till-context.tsx';
import panes from '../../ui/panes.module.css';
import type { Address } from './address.ts';

/** Street, town and country. */
export function AddressFields(props: { value: Address; onChange: (address: Address) => void }) {
  const { t } = useWords();
  const { countries } = useCatalogue();
  const { value, onChange } = props;
  return (
    <>
      <TextInput
        size="md"
        label={t('address.street')}
        value={value.street}
        required
        onChange={(event) => onChange({ ...value, street: event.currentTarget.value })}
      />
      <div className={panes['pair']}>
        <TextInput
          size="md"
          label={t('address.postalCode')}
          value={value.postalCode}
          required
          onChange={(event) => onChange({ ...value, postalCode: event.currentTarget.value })}
        />
        <TextInput
          size="md"
          label={t('address.city')}
          value={value.city}
          required
          onChange={(event) => onChange({ ...value, city: event.currentTarget.value })}
        />
      </div>
      <NativeSelect
        size="md"
        label={t('address.country')}
        value={value.countryId}
        onChange={(event) => {
          const chosen = countries.find(({ id }) => id === event.currentTarget.value);
          if (chosen !== undefined) {
            onChange({ ...value, countryId: chosen.id, country: chosen.name });
          }
        }}
        data={countries.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </>
  );
}
