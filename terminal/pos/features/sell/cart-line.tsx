import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { CartLine } from '../../../cart.ts';
import type { TicketLine } from '../../../ticket.ts';
import { useWords } from '../../i18n.ts';
import { useCatalogue, useFormat } from '../../till-context.tsx';
import classes from './cart.module.css';
import { useSale } from './sale-context.tsx';
import { ONE } from './typed.ts';

/** A line of the cart. Touching its name opens it; +, − and Del act on it while it has the focus. */
export function CartLineRow(props: {
  line: CartLine;
  /** Null while the cart cannot be priced. */
  priced: TicketLine | null;
  onEdit: () => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { act } = useSale();
  const { products } = useCatalogue();
  const { line, priced } = props;
  const row = products.get(line.productId)?.row;
  const name = row?._identifier ?? t('cart.unknownProduct');
  const step = (by: number): void => act({ kind: 'step', key: line.key, by });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === '+') step(ONE);
    else if (event.key === '-') step(-ONE);
    else if (event.key === 'Delete') act({ kind: 'remove', key: line.key });
    else return;
    event.preventDefault();
  };
  const unit = row?.uOMsymbol ?? '';
  return (
    <li className={classes['line']} onKeyDown={onKeyDown}>
      <UnstyledButton className={classes['what']} onClick={props.onEdit}>
        <span className={classes['name']}>
          <span className="till-hidden">{t('cart.edit')} </span>
          {name}
        </span>
        <span className={classes['unit']}>
          {priced === null ? null : `${format.price(priced.unitPrice)}${unitText(unit)}`}
        </span>
        {priced?.discounts.map((discount, index) => (
          <span key={index} className={classes['off']}>
            {discount.isManual ? t('cart.manual') : discount.name} −
            {format.money(discount.amountMinor)}
          </span>
        ))}
      </UnstyledButton>
      <div className={classes['stepper']} role="group" aria-label={t('cart.quantityOf', { name })}>
        <ActionIcon
          variant="default"
          size={48}
          aria-label={t('cart.less', { name })}
          onClick={() => step(-ONE)}
        >
          <IconMinus size={20} aria-hidden />
        </ActionIcon>
        <span className={classes['quantity']}>{format.quantity(line.quantity)}</span>
        <ActionIcon
          variant="default"
          size={48}
          aria-label={t('cart.more', { name })}
          onClick={() => step(ONE)}
        >
          <IconPlus size={20} aria-hidden />
        </ActionIcon>
      </div>
      <span className={classes['sum']}>
        {priced === null ? '—' : format.money(priced.taxed.grossMinor)}
      </span>
    </li>
  );
}

/** Pieces need no unit. */
function unitText(symbol: string): string {
  return symbol === '' || symbol === 'Ea' ? '' : ` / ${symbol}`;
}
