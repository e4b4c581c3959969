import { Button } from '@mantine/core';
import { IconArrowBarToLeft, IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../time.ts';
import { counted } from '../../words.ts';
import classes from './pager.module.css';

/** Goes to older pages and back to the newest, and tells when the list stands still. */
export function Pager(props: {
  count: number;
  changed: boolean;
  before: number | undefined;
  nextBefore: number | null;
  onShowNew: () => void;
  onPage: (before: number | undefined) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { before, nextBefore } = props;
  return (
    <nav className={classes['pager']} aria-label={t('queue.entries.pages')}>
      <p className="br-quiet br-small">
        {t('queue.entries.count', counted(props.count, format.number(props.count)))}
      </p>
      <div className={classes['held']} role="status">
        {props.changed ? (
          <>
            <span className="br-small br-quiet">{t('queue.entries.held')}</span>
            <Button
              size="xs"
              variant="light"
              leftSection={<IconArrowUp size={16} aria-hidden />}
              onClick={props.onShowNew}
            >
              {t('queue.entries.showNew')}
            </Button>
          </>
        ) : null}
      </div>
      <div className={classes['pages']}>
        <Button
          size="xs"
          variant="default"
          disabled={before === undefined}
          leftSection={<IconArrowBarToLeft size={16} aria-hidden />}
          onClick={() => props.onPage(undefined)}
        >
          {t('queue.entries.newest')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={nextBefore === null}
          rightSection={<IconChevronRight size={16} aria-hidden />}
          onClick={() => props.onPage(nextBefore ?? undefined)}
        >
          {t('queue.entries.older')}
        </Button>
      </div>
    </nav>
  );
}
