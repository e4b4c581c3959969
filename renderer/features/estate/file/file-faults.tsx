import { useTranslation } from 'react-i18next';
import type { UnreadEstate } from '../../../../server/contract/estate-api.ts';
import { useFormat } from '../../../time.ts';
import table from '../../../ui/table.module.css';
import { counted } from '../../../words.ts';
import classes from './file.module.css';

/** The server lists no more faults of a file than this. */
const MOST_FAULTS = 50;

/** What is wrong in a file, each fault with its line and the path of what it is about. */
export function FileFaults(props: { name: string; faults: UnreadEstate['faults'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, faults } = props;
  const n = faults.length;
  const words =
    n < MOST_FAULTS
      ? t('estate.file.faulty', { name, ...counted(n, format.number(n)) })
      : t('estate.file.faultyMost', { name, n: format.number(n) });
  return (
    <div className={classes['faults']}>
      <p role="alert" className={classes['bad']}>
        <strong>{words}</strong> {t('estate.file.mend')}
      </p>
      <div className={table['scroll']}>
        <table className={table['table']} aria-label={t('estate.file.faults')}>
          <thead>
            <tr>
              <th scope="col" className={table['end']}>
                {t('estate.file.line')}
              </th>
              <th scope="col">{t('estate.file.path')}</th>
              <th scope="col">{t('estate.file.fault')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ line, column, path, message }) => (
              <tr key={`${line}:${column} ${path}`}>
                <td className={table['end']}>
                  {format.number(line)}
                  <span className="br-quiet">:{format.number(column)}</span>
                </td>
                <th scope="row" className="br-break">
                  {path === '' ? t('estate.file.whole') : <code>{path}</code>}
                </th>
                <td className="br-break" lang="en">
                  {message}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
