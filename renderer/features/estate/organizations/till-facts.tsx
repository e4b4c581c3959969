import { IconPower } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat, useNow } from '../../../time.ts';
import { Pill } from '../../../ui/pill.tsx';
import facts from '../servers/server-form.module.css';
import { UPTAKE_LOOK } from '../words.ts';
import type { Till } from './till-draft.ts';

/** How the till stands at this moment: whether it has the definitions, and when it was last heard of. */
export function TillFacts({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nowMs = useNow();
  return (
    <div className={facts['facts']}>
      <div className={facts['pills']}>
        {till.active ? (
          <Pill {...UPTAKE_LOOK[till.uptake]}>{t(`estate.uptakeLong.${till.uptake}`)}</Pill>
        ) : (
          <Pill tone="calm" icon={IconPower}>
            {t('estate.servers.inactive')}
          </Pill>
        )}
        <Link
          href={`/estate/history?model=Terminal&id=${encodeURIComponent(till.id)}`}
          className={facts['link'] ?? ''}
        >
          {t('estate.servers.itsHistory')}
        </Link>
      </div>
      <p className="br-quiet br-small">
        {till.lastSeenAt === null
          ? t('estate.tills.neverSeen')
          : t('estate.tills.lastSeen', { ago: format.relative(till.lastSeenAt, nowMs) })}
      </p>
    </div>
  );
}
