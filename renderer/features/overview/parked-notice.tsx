import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../time.ts';
import { counted } from '../../words.ts';
import classes from './parked-notice.module.css';

/** Leads to what waits for a person; nothing where nothing does. */
export function ParkedNotice({ parked }: { parked: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (parked === 0) return null;
  const title = t('overview.parked.title', counted(parked, format.number(parked)));
  return (
    <section className={classes['notice']} aria-label={title}>
      <IconHandStop size={24} stroke={1.8} aria-hidden />
      <div className={classes['words']}>
        <p className={classes['title']}>{title}</p>
        <p className="br-small">{t('overview.parked.body')}</p>
      </div>
      <Button component={Link} href="/queue?state=parked" variant="default">
        {t('overview.parked.action')}
      </Button>
    </section>
  );
}
