import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Customer } from '../../../catalogue.ts';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { Banner } from '../../ui/banner.tsx';
import panes from '../../ui/panes.module.css';
import { useTask } from '../../ui/use-task.ts';
import { AddressFields } from './address-fields.tsx';
import { addressOf, addressText, isComplete } from './address.ts';
import classes from './customer.module.css';
import { useHomeCountry } from './use-home-country.ts';

/** A customer: chosen for the sale, or given another address. */
export function CustomerDetail(props: {
  customer: Customer;
  onChoose: (customer: Customer) => void;
  onChanged: (customer: Customer) => void;
}) {
  const { t } = useWords();
  const { customer } = props;
  const { row } = customer;
  const [isChanging, setIsChanging] = useState(false);
  const facts = [
    [t('customer.key'), row.searchKey],
    [t('customer.group'), row.businessPartnerCategory_name],
    [t('customer.phone'), row.phone],
    [t('customer.email'), row.email],
    [t('customer.address'), addressText(customer)],
  ] as const;
  return (
    <div className={panes['form']}>
      <h2>{row.name}</h2>
      {isChanging ? (
        <AddressForm
          customer={customer}
          onBack={() => setIsChanging(false)}
          onChanged={(changed) => {
            setIsChanging(false);
            props.onChanged(changed);
          }}
        />
      ) : (
        <>
          <dl className={classes['facts']}>
            {facts.map(([name, value]) =>
              value === undefined || value === null || value === '' ? null : (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
            )}
          </dl>
          <div className={panes['actions']}>
            <Button size="xl" onClick={() => props.onChoose(customer)}>
              {t('customers.use')}
            </Button>
            <Button variant="default" size="xl" onClick={() => setIsChanging(true)}>
              {t('customers.changeAddress')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function AddressForm(props: {
  customer: Customer;
  onBack: () => void;
  onChanged: (customer: Customer) => void;
}) {
  const { t } = useWords();
  const till = useTill();
  const task = useTask();
  const country = useHomeCountry();
  const [address, setAddress] = useState(() => addressOf(props.customer, country));
  const save = (): void => {
    void task.run(async () => {
      const changed = await till.changeAddress(props.customer.row.id, address);
      announce(t('customers.changed'));
      props.onChanged(changed);
    });
  };
  return (
    <form
      className={panes['form']}
      aria-label={t('customers.changeAddress')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(address)) save();
      }}
    >
      <AddressFields value={address} onChange={setAddress} />
      {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      <div className={panes['actions']}>
        <Button variant="default" size="xl" onClick={props.onBack}>
          {t('customer.back')}
        </Button>
        <Button type="submit" size="xl" disabled={!isComplete(address)} loading={task.isBusy}>
          {t('customer.save')}
        </Button>
      </div>
    </form>
  );
}
