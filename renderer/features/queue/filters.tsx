import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { entryStateSchema } from '../../../server/contract/manage.ts';
import type { EntryState, Overview } from '../../../server/contract/manage.ts';
import { FILTER_ID } from '../../ui/shortcuts.tsx';
import classes from './filters.module.css';
import type { QueueFilter } from './use-filter.ts';

/** The states that an entry can have at a server of each role. */
const STATES: Record<'store' | 'main', readonly EntryState[]> = {
  store: ['queued', 'parked', 'confirmed'],
  main: ['waiting', 'parked', 'applied'],
};

/** Narrows the list by state and till. A change starts at the newest page. */
export function Filters(props: {
  overview: Overview | undefined;
  filter: QueueFilter;
  onChange: (change: Partial<QueueFilter>) => void;
}) {
  const { t } = useTranslation();
  const { overview, filter, onChange } = props;
  const states = STATES[overview?.server.role ?? 'store'];
  const tills = overview?.tills ?? [];
  return (
    <div className={classes['filters']} role="group" aria-label={t('queue.entries.title')}>
      <SegmentedControl
        id={FILTER_ID}
        aria-label={t('queue.entries.state')}
        value={filter.state ?? ''}
        onChange={(value) =>
          onChange({ state: entryStateSchema.safeParse(value).data, before: undefined })
        }
        data={[
          { value: '', label: t('queue.entries.all') },
          ...states.map((state) => ({ value: state, label: t(`entryState.${state}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('queue.entries.terminal')}
        value={filter.terminal ?? ''}
        onChange={(event) =>
          onChange({ terminal: event.currentTarget.value || undefined, before: undefined })
        }
        data={[
          { value: '', label: t('queue.entries.allTills') },
          ...tills.map((till) => ({ value: till.id, label: till.name })),
        ]}
      />
    </div>
  );
}
