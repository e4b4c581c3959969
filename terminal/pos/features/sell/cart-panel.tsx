import { Button, UnstyledButton } from '@mantine/core';
import { IconClock, IconDiscount, IconShoppingCart, IconUser } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useFormat, useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Empty } from '../../ui/empty.tsx';
import { CartLineRow } from './cart-line.tsx';
import classes from './cart.module.css';
import { faultWords } from './fault-words.ts';
import { useSale } from './sale-context.tsx';
import { Totals } from './totals.tsx';

/** What is on the counter, and the way to be paid for it. */
export function CartPanel(props: {
  onLine: (key: string) => void;
  onDiscount: () => void;
  onSuspend: () => void;
  onPay: () => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { cart, ticket, fault } = useSale();
  const isEmpty = cart.lines.length === 0;
  return (
    <section className={classes['cart']} aria-label={t('cart.title')}>
      <CustomerChip />
      {isEmpty ? (
        <Empty icon={IconShoppingCart} title={t('cart.empty')} body={t('cart.emptyHint')} />
      ) : (
        <ul className={classes['lines']} aria-label={t('cart.lines')} tabIndex={-1}>
          {cart.lines.map((line, index) => (
            <CartLineRow
              key={line.key}
              line={line}
              priced={ticket?.lines[index] ?? null}
              onEdit={() => props.onLine(line.key)}
            />
          ))}
        </ul>
      )}
      {fault === null ? null : <Banner tone="bad">{faultWords(fault, t)}</Banner>}
      {ticket === null ? null : <Totals ticket={ticket} />}
      <div className={classes['actions']}>
        <Button
          variant="default"
          size="lg"
          disabled={isEmpty}
          leftSection={<IconDiscount size={20} aria-hidden />}
          rightSection={<kbd className="till-kbd">F8</kbd>}
          onClick={props.onDiscount}
        >
          {t('cart.discount')}
        </Button>
        <Button
          variant="default"
          size="lg"
          disabled={isEmpty}
          leftSection={<IconClock size={20} aria-hidden />}
          rightSection={<kbd className="till-kbd">F6</kbd>}
          onClick={props.onSuspend}
        >
          {t('cart.suspend')}
        </Button>
        <Button
          className={classes['pay'] ?? ''}
          size="xl"
          disabled={ticket === null}
          rightSection={<kbd className="till-kbd">F9</kbd>}
          onClick={props.onPay}
        >
          {ticket === null
            ? t('cart.pay')
            : t('cart.paySum', { sum: format.money(ticket.totals.grossMinor) })}
        </Button>
      </div>
    </section>
  );
}

function CustomerChip() {
  const { t } = useWords();
  const { cart, act } = useSale();
  const { settings } = useTill();
  const { customers } = useCatalogue();
  const customer = customers.get(cart.customerId ?? settings.terminal.businessPartner);
  return (
    <div className={classes['customer']}>
      <Link href="/customers" className={classes['chip'] ?? ''}>
        <IconUser size={20} stroke={1.7} aria-hidden />
        <span>{customer?.row.name ?? t('cart.nobody')}</span>
        <kbd className="till-kbd" aria-hidden>
          F4
        </kbd>
      </Link>
      {cart.customerId === null ? null : (
        <UnstyledButton
          className={classes['unset']}
          onClick={() => act({ kind: 'customer', customerId: null })}
        >
          {t('cart.noCustomer')}
        </UnstyledButton>
      )}
    </div>
  );
}
