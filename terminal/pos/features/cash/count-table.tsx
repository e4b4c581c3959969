import type { CashUpSoFar } from '../../../pos-till.ts';
import { useWords } from '../../i18n.ts';
import { useFormat, useTill } from '../../till-context.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import classes from './cash.module.css';
import type { CountRow, Counting } from './counting.ts';

/** Each method: what should be there, what is, what differs and what stays. */
export function CountTable(props: {
  rows: readonly CountRow[];
  soFar: CashUpSoFar;
  counting: Counting;
  onChange: (counting: Counting) => void;
}) {
  const { t } = useWords();
  const format = useFormat();
  const { settings } = useTill();
  const decimals = settings.currency.obposPosprecision;
  const { rows, counting, onChange } = props;
  const field = (part: keyof Counting, row: CountRow, label: string) => (
    <NumberField
      isSmall
      isLabelHidden
      label={label}
      value={counting[part][row.searchKey] ?? ''}
      placeholder={
        part === 'kept' || row.isCash ? format.plain(0) : format.plain(row.expectedMinor)
      }
      decimals={decimals}
      decimalSign={format.decimalSign}
      onChange={(text) =>
        onChange({ ...counting, [part]: { ...counting[part], [row.searchKey]: text } })
      }
    />
  );
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{t('cashUp.method')}</th>
          <th scope="col">{t('cashUp.expected')}</th>
          <th scope="col">{t('cashUp.counted')}</th>
          <th scope="col">{t('cashUp.difference')}</th>
          <th scope="col">{t('cashUp.stays')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.searchKey}>
            <th scope="row">{row.name}</th>
            <td>{format.money(row.expectedMinor)}</td>
            <td>{field('counted', row, t('cashUp.countedOf', { method: row.name }))}</td>
            <td>
              <Difference minor={row.differenceMinor} />
            </td>
            <td>
              {row.isCash ? field('kept', row, t('cashUp.staysOf', { method: row.name })) : '—'}
              {row.keepsTooMuch ? (
                <p className={classes['bad']} role="alert">
                  {t('cashUp.tooMuch')}
                </p>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Difference({ minor }: { minor: number | null }) {
  const { t } = useWords();
  const format = useFormat();
  if (minor === null) return <span className="till-quiet">—</span>;
  if (minor === 0) return <span className={classes['good']}>{t('cashUp.right')}</span>;
  return (
    <span className={classes['bad']}>
      {t(minor > 0 ? 'cashUp.over' : 'cashUp.short', { sum: format.money(Math.abs(minor)) })}
    </span>
  );
}
