import { Button } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PreferenceList } from '../../../../server/contract/definitions-api.ts';
import { estateClient } from '../../../estate-client.ts';
import { useFormat } from '../../../time.ts';
import { failureWords } from '../review/failure-words.ts';
import { useReview } from '../review/use-review.ts';
import { holderOf } from './holder.ts';
import type { Holder } from './holder.ts';
import { preferenceMeaning, preferenceName, valueWord } from './preference-words.ts';
import classes from './preferences.module.css';
import { useHolderWords, useServerName } from './use-holder-words.ts';

type Entry = PreferenceList['preferences'][number];

/** One preference: what it does, what counts at the chosen place and why, and where it is set. */
export function PreferenceItem(props: {
  entry: Entry;
  /** What the chosen place is called; null for the system. */
  where: string | null;
  /** Without a holder: a new setting. Undefined where nothing may be changed. */
  onEdit: ((holder: Holder | undefined) => void) | undefined;
}) {
  const { t } = useTranslation();
  const { entry, where, onEdit } = props;
  const set = entry.set.filter(({ active }) => active);
  // One that is for the whole system only is changed where it is set.
  const mayAdd = set.length === 0 || entry.levels.length > 1;
  const name = preferenceName(t, entry);
  return (
    <li className={classes['item']} data-preference={entry.key}>
      <div className={classes['about']}>
        <h3>{name}</h3>
        <p className="br-quiet br-small">{preferenceMeaning(t, entry)}</p>
      </div>
      <div className={classes['counts']}>
        <p className="br-quiet br-small">
          {where === null
            ? t('estate.preferences.counts')
            : t('estate.preferences.countsFor', { where })}
        </p>
        <p className={classes['value']} data-part="effective">
          <Value entry={entry} value={entry.effective.value} />
        </p>
        <p className="br-quiet br-small">
          <Source entry={entry} />
        </p>
      </div>
      <ul className={classes['set']} aria-label={t('estate.preferences.setAt', { name })}>
        {set.map((row) => (
          <SetRow
            key={row.id}
            entry={entry}
            row={row}
            onEdit={onEdit && (() => onEdit(holderOf(row)))}
          />
        ))}
        {onEdit && mayAdd ? (
          <li>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              aria-label={t('estate.preferences.setOf', { name })}
              onClick={() => onEdit(undefined)}
            >
              {t('estate.preferences.set')}
            </Button>
          </li>
        ) : null}
      </ul>
    </li>
  );
}

function Value({ entry, value }: { entry: Entry; value: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const serverName = useServerName();
  return value === null ? t('estate.value.unset') : valueWord(t, format, entry, value, serverName);
}

/** Where the value that counts comes from, and what is set but does not count. */
function Source({ entry: { effective } }: { entry: Entry }) {
  const { t } = useTranslation();
  const { level, holder, ignored } = effective;
  const name = holder?.name ?? '';
  const from =
    level === 'default' || level === 'system'
      ? t(`estate.preferences.from.${level}`)
      : t(`estate.preferences.from.${level}`, { name });
  return (
    <>
      {from}
      {ignored.map(({ preference, value }) => (
        <span key={preference}> {t('estate.preferences.ignored', { value })}</span>
      ))}
    </>
  );
}

function SetRow(props: {
  entry: Entry;
  row: Entry['set'][number];
  onEdit: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const review = useReview();
  const holderWords = useHolderWords();
  const { entry, row, onEdit } = props;
  const whose = holderWords(holderOf(row));
  const name = preferenceName(t, entry);
  const remove = useMutation({
    mutationFn: () =>
      review({
        title: t('estate.preferences.removeTitle', { name }),
        send: (manner) =>
          estateClient.change({
            changes: [{ action: 'deactivate', model: 'Preference', id: row.id }],
            ...manner,
          }),
      }),
  });
  return (
    <li className={classes['chip']} data-decides={row.id === entry.effective.preference}>
      <span>
        {whose}:{' '}
        <strong>
          <Value entry={entry} value={row.value} />
        </strong>
      </span>
      {onEdit ? (
        <>
          <button
            type="button"
            aria-label={t('estate.preferences.changeOf', { name, whose })}
            title={t('estate.preferences.change')}
            onClick={onEdit}
          >
            <IconPencil size={16} aria-hidden />
          </button>
          <button
            type="button"
            aria-label={t('estate.preferences.removeOf', { name, whose })}
            title={t('estate.preferences.remove')}
            onClick={() => remove.mutate()}
          >
            <IconX size={16} aria-hidden />
          </button>
        </>
      ) : null}
      {remove.error ? <span role="alert">{failureWords(t, remove.error)}</span> : null}
    </li>
  );
}
