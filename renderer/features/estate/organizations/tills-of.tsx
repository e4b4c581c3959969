import { Button } from '@mantine/core';
import { IconPlus, IconPower } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../../ui/moment.tsx';
import { Pill } from '../../../ui/pill.tsx';
import { Section } from '../../queue/section.tsx';
import classes from './organizations.module.css';
import type { Till } from './till-draft.ts';

/** The tills of an organization, those that are switched off last. */
export function TillsOf(props: {
  tills: readonly Till[];
  mayChange: boolean;
  /** The id of a till, or `new`. */
  onOpen: (till: string) => void;
}) {
  const { t } = useTranslation();
  const tills = props.tills.toSorted(
    (a, b) => Number(b.active) - Number(a.active) || a.searchKey.localeCompare(b.searchKey),
  );
  return (
    <Section
      title={t('estate.organizations.tills')}
      side={
        props.mayChange ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => props.onOpen('new')}
          >
            {t('estate.tills.new')}
          </Button>
        ) : null
      }
    >
      {tills.length === 0 ? (
        <p className="br-quiet">{t('estate.tills.none')}</p>
      ) : (
        <ul className={classes['tills']}>
          {tills.map((till) => (
            <li key={till.id} data-till={till.searchKey} data-active={till.active}>
              <button
                type="button"
                className={classes['open']}
                onClick={() => props.onOpen(till.id)}
                aria-label={t('estate.tills.open', { name: till.searchKey })}
              >
                {till.searchKey}
              </button>
              <span className="br-quiet br-break">{till.name}</span>
              <Seen till={till} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Seen({ till: { active, lastSeenAt } }: { till: Till }) {
  const { t } = useTranslation();
  if (!active) {
    return (
      <Pill tone="calm" icon={IconPower}>
        {t('estate.servers.inactive')}
      </Pill>
    );
  }
  return (
    <span className="br-quiet br-small">
      {lastSeenAt === null ? t('estate.tills.never') : <Moment at={lastSeenAt} relative />}
    </span>
  );
}
