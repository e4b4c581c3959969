import type { OpenedReceipt } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { ONE } from '../sell/typed.ts';
import classes from './paper.module.css';

/** A receipt as it is printed, 80 mm wide. */
export function Paper({ receipt }: { receipt: OpenedReceipt }) {
  const { t } = useWords();
  const format = useFormat();
  const { settings, cashier } = useTill();
  const { found, lines, taxes, payments } = receipt;
  const shop = settings.terminal['organization$_identifier'];
  return (
    <article
      className={classes['paper']}
      aria-label={t('paper.label', { number: found.documentNo })}
    >
      <header>
        <p className={classes['shop']}>
          {typeof shop === 'string' ? shop : settings.terminal.searchKey}
        </p>
        <p>{t(found.kind === 'return' ? 'paper.return' : 'paper.sale')}</p>
        <p>{found.documentNo}</p>
        <p>{format.dateTime(found.atMs)}</p>
        <p>{t('paper.till', { till: settings.terminal.searchKey, cashier: cashier.name })}</p>
        <p>{found.customerName}</p>
      </header>
      <ul>
        {lines.map((line) => (
          <li key={line.lineId}>
            <div>
              <span>{line.name}</span>
              <span>{format.money(line.grossMinor)}</span>
            </div>
            {line.quantity === ONE ? null : (
              <small>
                {format.quantity(line.quantity)} × {format.price(line.unitPrice)}
              </small>
            )}
            {line.discounts.map((discount, index) => (
              <small key={index}>
                {discount.name} {format.money(-discount.amountMinor)}
              </small>
            ))}
          </li>
        ))}
      </ul>
      <dl>
        <div className={classes['total']}>
          <dt>{t('cart.total')}</dt>
          <dd>{format.money(receipt.grossMinor)}</dd>
        </div>
        {payments.map(({ name, amountMinor }, index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{format.money(amountMinor)}</dd>
          </div>
        ))}
        {receipt.changeMinor === 0 ? null : (
          <div>
            <dt>{t('paper.change')}</dt>
            <dd>{format.money(receipt.changeMinor)}</dd>
          </div>
        )}
      </dl>
      <dl className={classes['taxes']}>
        {taxes.map(({ name, netMinor, taxMinor }, index) => (
          <div key={index}>
            <dt>{t('cart.taxOf', { tax: name, net: format.money(netMinor) })}</dt>
            <dd>{format.money(taxMinor)}</dd>
          </div>
        ))}
      </dl>
      <footer>{t('paper.thanks')}</footer>
    </article>
  );
}
