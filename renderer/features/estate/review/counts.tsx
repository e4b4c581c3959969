import { useTranslation } from 'react-i18next';
import type { RowDifference } from '../../../../server/contract/definitions-api.ts';
import { useFormat } from '../../../time.ts';

/** From so many definitions on, one wants to know how many before reading them. */
const MANY = 3;

/** How many definitions a change makes, alters and switches off; nothing where one sees it at once. */
export function Counts({ rows }: { rows: readonly RowDifference[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length < MANY) return null;
  const count = (...kinds: RowDifference['kind'][]): string =>
    format.number(rows.filter(({ kind }) => kinds.includes(kind)).length);
  return (
    <p data-part="counts">
      <strong>
        {t('estate.review.counts', {
          created: count('created'),
          changed: count('changed', 'reactivated'),
          off: count('deactivated'),
        })}
      </strong>
    </p>
  );
}
