import { Button, Loader } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { SuspendedCart } from '../../../keeping.ts';
import { useWords } from '../../i18n.ts';
import { useNow } from '../../surroundings.tsx';
import { useCatalogue, useFormat, useTill } from '../../till-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useFound } from '../../ui/use-found.ts';
import { useTask } from '../../ui/use-task.ts';
import { useSale } from '../sell/sale-context.tsx';
import classes from './suspended.module.css';

/** Carts that were put aside, to be taken up again. What is in the basket now is put aside for it. */
export function SuspendedScreen() {
  const { t } = useWords();
  const till = useTill();
  const { cart, act } = useSale();
  const [, navigate] = useHashLocation();
  const task = useTask();
  const [round, setRound] = useState(0);
  const find = useCallback(() => till.suspended(), [till]);
  const { items, isLooking } = useFound(find, round);
  const takeUp = (id: string): void => {
    void task
      .run(async () => {
        const next = await till.resume(id);
        if (cart.lines.length > 0) await till.suspend(cart, '');
        act({ kind: 'take', cart: next });
        navigate('/');
      })
      .then((isDone) => {
        if (!isDone) setRound(round + 1);
      });
  };
  return (
    <section className={classes['screen']} aria-label={t('nav.aside')}>
      <h2>{t('nav.aside')}</h2>
      {cart.lines.length > 0 && items.length > 0 ? (
        <Banner tone="busy">{t('aside.swap')}</Banner>
      ) : null}
      {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
      {items.length > 0 ? (
        <ul className={classes['cards']}>
          {items.map((suspended) => (
            <Card key={suspended.id} suspended={suspended} onTakeUp={() => takeUp(suspended.id)} />
          ))}
        </ul>
      ) : isLooking ? (
        <Loader aria-label={t('aside.looking')} />
      ) : (
        <Empty icon={IconClock} title={t('aside.none')} body={t('aside.noneHint')} />
      )}
    </section>
  );
}

function Card({ suspended, onTakeUp }: { suspended: SuspendedCart; onTakeUp: () => void }) {
  const { t } = useWords();
  const till = useTill();
  const format = useFormat();
  const nowMs = useNow();
  const { products } = useCatalogue();
  const { cart, note, atMs } = suspended;
  const priced = till.price(cart);
  const names = cart.lines
    .map(({ productId }) => products.get(productId)?.row._identifier)
    .filter((name) => name !== undefined);
  return (
    <li className={classes['card']}>
      <div className={classes['head']}>
        <h3>{note === '' ? t('aside.unnamed') : note}</h3>
        <span className="till-number">
          {'code' in priced ? '—' : format.money(priced.totals.grossMinor)}
        </span>
      </div>
      <p className="till-quiet till-small">
        {format.moment(atMs, nowMs)} · {t('aside.lines', { count: cart.lines.length })}
      </p>
      <p className={classes['names']}>{names.join(', ')}</p>
      <Button size="lg" onClick={onTakeUp}>
        {t('aside.takeUp')}
      </Button>
    </li>
  );
}
