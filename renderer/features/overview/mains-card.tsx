import { IconBuilding } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MainStatus } from '../../../server/contract/manage.ts';
import { useFormat, useNow } from '../../time.ts';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Pill } from '../../ui/pill.tsx';
import { counted, SERVER_LOOK } from '../../words.ts';
import classes from './mains-card.module.css';

/** Each main server: whether it answers, since when, and what it has not got yet. */
export function MainsCard({ mains }: { mains: readonly MainStatus[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('overview.mains.title')}>
      {mains.length === 0 ? (
        <Empty icon={IconBuilding} title={t('overview.mains.empty')} />
      ) : (
        <ul>
          {mains.map((main) => (
            <MainItem key={main.key} main={main} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function MainItem({ main }: { main: MainStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  const waiting =
    main.waiting === 0
      ? t('overview.mains.nothing')
      : t('overview.mains.waiting', counted(main.waiting, format.number(main.waiting)));
  const contact =
    main.lastContactAt === null
      ? t('overview.mains.neverContact')
      : t('overview.mains.lastContact', { ago: format.relative(main.lastContactAt, nowMs) });
  const showError = main.lastError !== null && main.state !== 'online';
  return (
    <li className={classes['main']} data-main={main.key}>
      <div className={classes['head']}>
        <h3 className="br-break">{main.name}</h3>
        <Pill {...SERVER_LOOK[main.state]}>{t(`serverState.${main.state}`)}</Pill>
        <span className="br-quiet br-small">
          {t('overview.mains.since', { time: format.moment(main.since, nowMs) })}
        </span>
      </div>
      <p className={classes['waiting']}>{waiting}</p>
      <p className="br-quiet br-small br-break">
        <span>{contact}</span> · {main.url}
      </p>
      {main.backroom === false ? (
        <p className="br-quiet br-small">{t('overview.mains.foreign')}</p>
      ) : null}
      {showError ? (
        <p className={`${classes['error'] ?? ''} br-small br-break`}>
          {t('overview.mains.lastError', { error: main.lastError })}
        </p>
      ) : null}
    </li>
  );
}
