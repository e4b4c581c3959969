import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../catalogue.ts';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import panes from '../../ui/panes.module.css';
import { useTask } from '../../ui/use-task.ts';
import { AddressFields } from './address-fields.tsx';
import { isComplete } from './address.ts';
import { useHomeCountry } from './use-home-country.ts';

/** Asks for a new customer, who buys at once. */
export function NewCustomerForm(props: {
  onDone: (customer: Customer) => void;
  onBack: () => void;
}) {
  const { t } = useWords();
  const till = useTill();
  const task = useTask();
  const country = useHomeCountry();
  const [person, setPerson] = useState({ firstName: '', lastName: '', phone: '', email: '' });
  const [address, setAddress] = useState({
    ...{ street: '', postalCode: '', city: '' },
    ...{ countryId: country.id, country: country.name },
  });
  const isReady = person.firstName.trim() !== '' && isComplete(address);
  const field = (name: keyof typeof person, more: object = {}) => (
    <TextInput
      size="md"
      label={t(`customer.${name}`)}
      value={person[name]}
      onChange={(event) => setPerson({ ...person, [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <form
      className={panes['form']}
      aria-label={t('customers.new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        void task.run(async () => props.onDone(await till.createCustomer({ ...person, address })));
      }}
    >
      <h2>{t('customers.new')}</h2>
      <div className={panes['pair']}>
        {field('firstName', { required: true, autoFocus: true })}
        {field('lastName')}
      </div>
      <div className={panes['pair']}>
        {field('phone', { type: 'tel' })}
        {field('email', { type: 'email' })}
      </div>
      <AddressFields value={address} onChange={setAddress} />
      {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      <div className={panes['actions']}>
        <Button variant="default" size="xl" onClick={props.onBack}>
          {t('customer.back')}
        </Button>
        <Button type="submit" size="xl" disabled={!isReady} loading={task.isBusy}>
          {t('customer.create')}
        </Button>
      </div>
    </form>
  );
}
