import { Button, Loader, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Customer } from '../../../catalogue.ts';
import { useWords } from '../../i18n.ts';
import { usePosStatus, useTill } from '../../till-context.tsx';
import { Empty } from '../../ui/empty.tsx';
import panes from '../../ui/panes.module.css';
import { useFound } from '../../ui/use-found.ts';
import { useSale } from '../sell/sale-context.tsx';
import { addressText } from './address.ts';
import { CustomerDetail } from './customer-detail.tsx';
import { NewCustomerForm } from './new-customer-form.tsx';

type Opened = { kind: 'customer'; customer: Customer } | { kind: 'new' } | null;

/** Finds whoever buys, makes a new customer, changes an address. */
export function CustomersScreen() {
  const { t } = useWords();
  const till = useTill();
  const { can } = usePosStatus();
  const { act } = useSale();
  const [, navigate] = useHashLocation();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const find = useCallback(() => till.findCustomers(text), [till, text]);
  const { items, isLooking } = useFound(find);
  const choose = (customer: Customer): void => {
    act({ kind: 'customer', customerId: customer.row.id });
    navigate('/');
  };
  return (
    <div className={panes['two']}>
      <section className={panes['list']} aria-label={t('nav.customers')}>
        <TextInput
          size="lg"
          aria-label={t('customers.search')}
          placeholder={t('customers.search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = items;
            if (event.key === 'Enter' && first !== undefined) choose(first);
          }}
          leftSection={<IconSearch size={22} aria-hidden />}
          rightSection={
            isLooking && text !== '' ? (
              <Loader size="sm" aria-label={t('customers.looking')} />
            ) : null
          }
          autoComplete="off"
          autoFocus
        />
        <Button
          variant="default"
          size="lg"
          disabled={!can.createCustomers}
          leftSection={<IconUserPlus size={22} aria-hidden />}
          onClick={() => setOpened({ kind: 'new' })}
        >
          {t('customers.new')}
        </Button>
        {items.length === 0 && !isLooking ? (
          <Empty
            icon={IconUsers}
            title={t(text === '' ? 'customers.type' : 'customers.none')}
            body={t('customers.noneHint')}
          />
        ) : (
          <CustomerRows
            customers={items}
            chosenId={opened?.kind === 'customer' ? opened.customer.row.id : undefined}
            onChoose={(customer) => setOpened({ kind: 'customer', customer })}
          />
        )}
      </section>
      <section className={panes['detail']} aria-label={t('customers.detail')}>
        {opened === null ? (
          <Empty icon={IconUsers} title={t('customers.choose')} body={t('customers.chooseHint')} />
        ) : opened.kind === 'new' ? (
          <NewCustomerForm onDone={choose} onBack={() => setOpened(null)} />
        ) : (
          <CustomerDetail
            key={opened.customer.row.id}
            customer={opened.customer}
            onChoose={choose}
            onChanged={(customer) => setOpened({ kind: 'customer', customer })}
          />
        )}
      </section>
    </div>
  );
}

function CustomerRows(props: {
  customers: readonly Customer[];
  chosenId: string | undefined;
  onChoose: (customer: Customer) => void;
}) {
  return (
    <ul className={panes['rows']} tabIndex={-1}>
      {props.customers.map((customer) => (
        <li key={customer.row.id}>
          <UnstyledButton
            className={panes['row']}
            aria-pressed={customer.row.id === props.chosenId}
            onClick={() => props.onChoose(customer)}
          >
            <span className={panes['strong']}>{customer.row.name}</span>
            <span className={panes['quiet']}>{customer.row.phone}</span>
            <span className={panes['quiet']}>{addressText(customer)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
