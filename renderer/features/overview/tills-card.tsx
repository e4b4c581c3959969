import {
  IconCashRegister,
  IconCircleCheck,
  IconCircleDashed,
  IconMoonStars,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TillStatus } from '../../../server/contract/manage.ts';
import { useFormat, useNow } from '../../time.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Pill } from '../../ui/pill.tsx';
import table from '../../ui/table.module.css';
import classes from './tills-card.module.css';

/** A till that was not heard of for longer is shown as quiet; they beat far more often. */
const QUIET_MS = 2 * 60_000;

/** Each till: when it was last heard of, what it still holds, what waits here. */
export function TillsCard({ tills }: { tills: readonly TillStatus[] }) {
  const { t } = useTranslation();
  if (tills.length === 0) {
    return (
      <Card title={t('overview.tills.title')}>
        <Empty
          icon={IconCashRegister}
          title={t('overview.tills.empty')}
          body={t('overview.tills.emptyBody')}
        />
      </Card>
    );
  }
  return (
    <Card title={t('overview.tills.title')}>
      <div className={table['scroll']}>
        <table className={table['table']} aria-label={t('overview.tills.title')}>
          <thead>
            <tr>
              <th scope="col">{t('overview.tills.till')}</th>
              <th scope="col">{t('overview.tills.seen')}</th>
              <th scope="col" className={table['end']}>
                {t('overview.tills.unsent')}
              </th>
              <th scope="col" className={table['end']}>
                {t('overview.tills.waiting')}
              </th>
              <th scope="col" className={`${table['end'] ?? ''} ${table['wide'] ?? ''}`}>
                {t('overview.tills.parked')}
              </th>
            </tr>
          </thead>
          <tbody>
            {tills.map((till) => (
              <TillRow key={till.id} till={till} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function TillRow({ till }: { till: TillStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = (value: number): string => (value === 0 ? '–' : format.number(value));
  return (
    <tr data-till={till.searchKey}>
      <th scope="row">
        <Link
          href={`/queue?terminal=${encodeURIComponent(till.id)}`}
          className={classes['link'] ?? ''}
          aria-label={t('overview.tills.show', { till: till.name })}
        >
          {till.name}
        </Link>
      </th>
      <td>
        <Seen at={till.lastSeenAt} />
      </td>
      <td className={table['end']}>
        {till.unsent === null ? (
          <>
            <span className="br-quiet" aria-hidden title={t('overview.tills.unknown')}>
              ?
            </span>
            <span className="br-hidden">{t('overview.tills.unknown')}</span>
          </>
        ) : (
          <Count value={till.unsent} text={number(till.unsent)} />
        )}
      </td>
      <td className={table['end']}>
        <Count value={till.waiting} text={number(till.waiting)} />
      </td>
      <td className={`${table['end'] ?? ''} ${table['wide'] ?? ''}`}>
        <Count value={till.parked} text={number(till.parked)} />
      </td>
    </tr>
  );
}

/** A nought is quiet, but read out as what it is. */
function Count({ value, text }: { value: number; text: string }) {
  return value === 0 ? (
    <>
      <span className="br-quiet" aria-hidden>
        {text}
      </span>
      <span className="br-hidden">0</span>
    </>
  ) : (
    <strong>{text}</strong>
  );
}

function Seen({ at }: { at: string | null }) {
  const { t } = useTranslation();
  const nowMs = useNow();
  if (at === null) {
    return (
      <Pill tone="calm" icon={IconCircleDashed}>
        {t('overview.tills.never')}
      </Pill>
    );
  }
  const quiet = nowMs - Date.parse(at) > QUIET_MS;
  return (
    <span className={classes['seen']}>
      <Pill tone={quiet ? 'calm' : 'good'} icon={quiet ? IconMoonStars : IconCircleCheck}>
        {t(quiet ? 'overview.tills.quiet' : 'overview.tills.here')}
      </Pill>
      <span className="br-quiet br-small">
        <Moment at={at} relative />
      </span>
    </span>
  );
}
