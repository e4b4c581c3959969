import type { Ticket } from '../../../ticket.ts';
import { useWords } from '../../i18n.ts';
import { useFormat } from '../../till-context.tsx';
import classes from './cart.module.css';

/** What the ticket comes to, with the tax of each rate. */
export function Totals({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const format = useFormat();
  const { totals, lines } = ticket;
  const names = new Map(lines.map(({ tax }) => [tax.id, tax.name]));
  const savedMinor = lines
    .flatMap(({ discounts }) => discounts)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return (
    <dl className={classes['totals']}>
      {savedMinor === 0 ? null : (
        <div data-kind="saved">
          <dt>{t('cart.saved')}</dt>
          <dd>−{format.money(savedMinor)}</dd>
        </div>
      )}
      {totals.rates.map(({ rule, netMinor, taxMinor }) => (
        <div key={rule.id}>
          <dt>{t('cart.taxOf', { tax: names.get(rule.id) ?? '', net: format.money(netMinor) })}</dt>
          <dd>{format.money(taxMinor)}</dd>
        </div>
      ))}
      <div data-kind="total">
        <dt>{t('cart.total')}</dt>
        <dd>{format.money(totals.grossMinor)}</dd>
      </div>
    </dl>
  );
}
