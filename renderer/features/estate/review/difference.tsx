import { IconArrowBackUp, IconPencil, IconPlus, IconPower } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RowDifference } from '../../../../server/contract/definitions-api.ts';
import { Pill } from '../../../ui/pill.tsx';
import { useFormat } from '../../../time.ts';
import type { Look } from '../../../words.ts';
import { counted } from '../../../words.ts';
import classes from './difference.module.css';
import { differingParts } from './parts.ts';
import { fieldWord, isUnset, listOf, useValueWords } from './value-words.ts';

const KIND_LOOK: Record<RowDifference['kind'], Look> = {
  created: { tone: 'good', icon: IconPlus },
  changed: { tone: 'busy', icon: IconPencil },
  deactivated: { tone: 'care', icon: IconPower },
  reactivated: { tone: 'good', icon: IconArrowBackUp },
};

/** Rows that a window shows: an estate file may bring thousands. */
const MOST_ROWS = 200;

/** What changes, row by row: before and after, in words. */
export function Difference({ rows }: { rows: readonly RowDifference[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rest = rows.length - MOST_ROWS;
  return (
    <div>
      {rows.slice(0, MOST_ROWS).map((row) => (
        <Row key={`${row.model} ${row.id}`} row={row} />
      ))}
      {rest > 0 ? (
        <p className="br-quiet">
          {t('estate.review.rowsMore', counted(rest, format.number(rest)))}
        </p>
      ) : null}
    </div>
  );
}

function Row({ row }: { row: RowDifference }) {
  const { t } = useTranslation();
  const words = useValueWords();
  const fields = row.fields.filter(({ field, after }) =>
    row.kind === 'created' ? !isPlain(row, field) && !isUnset(after) : true,
  );
  return (
    <section className={classes['row']}>
      <div className={classes['head']}>
        <h3 className="br-break">
          {t(`estate.model.${row.model}`)} {words.rowName(row)}
        </h3>
        <Pill {...KIND_LOOK[row.kind]}>{t(`estate.kind.${row.kind}`)}</Pill>
      </div>
      <dl className={classes['fields']}>
        {fields.map((one) => (
          <div key={one.field} className={classes['field']}>
            <dt className="br-quiet">{fieldWord(t, one.field)}</dt>
            <dd className="br-break">
              <Values row={row} field={one} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What a new row has in any case, or what its name says already. */
function isPlain({ model }: RowDifference, field: string): boolean {
  return field === 'id' || field === 'active' || (field === 'key' && model === 'Preference');
}

function Values({ row, field }: { row: RowDifference; field: RowDifference['fields'][number] }) {
  const { t } = useTranslation();
  const words = useValueWords();
  if (field.field === 'config') return <Parts field={field} />;
  const [before, after] = [listOf(field.before), listOf(field.after)];
  if (Array.isArray(field.before) || Array.isArray(field.after)) {
    const gone = before.filter((item) => !after.includes(item));
    const added = after.filter((item) => !before.includes(item));
    return (
      <ul className={classes['items']}>
        {gone.map((item) => (
          <li key={`- ${item}`}>
            <del>
              − <span className="br-hidden">{t('estate.review.gone')} </span>
              {words.item(field.field, item)}
            </del>
          </li>
        ))}
        {added.map((item) => (
          <li key={`+ ${item}`}>
            <ins>
              + <span className="br-hidden">{t('estate.review.added')} </span>
              {words.item(field.field, item)}
            </ins>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <span className={classes['values']}>
      {row.kind === 'created' ? null : (
        <>
          <span className={classes['before']}>{words.value(row, field.field, field.before)}</span>
          <span className={classes['arrow']} aria-label={t('estate.review.becomes')} role="img">
            →
          </span>
        </>
      )}
      <span className={classes['after']}>{words.value(row, field.field, field.after)}</span>
    </span>
  );
}

/** A till's set-up is too long to be read: which parts of it are other than before. */
function Parts({ field: { before, after } }: { field: RowDifference['fields'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = differingParts(before, after);
  return (
    <span title={format.list(names)}>
      {before === null
        ? t('estate.value.parts', counted(names.length, format.number(names.length)))
        : format.list(names)}
    </span>
  );
}
