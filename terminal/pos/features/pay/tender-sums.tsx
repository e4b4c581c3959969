import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Tender } from '../../../cart.ts';
import { useWords } from '../../i18n.ts';
import { useFormat } from '../../till-context.tsx';
import classes from './pay.module.css';
import type { MethodButton, Standing } from './standing.ts';

/** What is due, what was handed over, and what remains, to be read across the counter. */
export function TenderSums(props: {
  dueMinor: number;
  standing: Standing;
  tenders: readonly Tender[];
  buttons: readonly MethodButton[];
  onRemove: (method: string) => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { standing, tenders } = props;
  const nameOf = (method: string): string =>
    props.buttons.find((button) => button.method === method)?.name ?? method;
  return (
    <div className={classes['sums']}>
      <p className={classes['label']}>{t('pay.due')}</p>
      <p className={classes['huge']}>{format.money(props.dueMinor)}</p>
      {tenders.length === 0 ? null : (
        <ul className={classes['tenders']} aria-label={t('pay.tenders')}>
          {tenders.map(({ method, amountMinor }) => (
            <li key={method}>
              <span>{nameOf(method)}</span>
              <span className="till-number">{format.money(amountMinor)}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={48}
                aria-label={t('pay.remove', { method: nameOf(method) })}
                onClick={() => props.onRemove(method)}
              >
                <IconX size={20} color="var(--till-text)" aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {tenders.length === 0 ? null : (
        <>
          <p className={classes['label']}>{t('pay.remaining')}</p>
          <p className={classes['big']}>{format.money(standing.remainingMinor)}</p>
        </>
      )}
    </div>
  );
}
