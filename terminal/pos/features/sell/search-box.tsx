import type { KeyboardEvent } from 'react';
import { CloseButton, TextInput } from '@mantine/core';
import { IconBarcode, IconSearch } from '@tabler/icons-react';
import { useWords } from '../../i18n.ts';
import classes from './sell.module.css';
import { SEARCH_ID } from './use-scanner.ts';

/** Searches and takes scans. The arrow keys mark a product below, Enter adds it. */
export function SearchBox(props: {
  value: string;
  marked: number | null;
  count: number;
  onChange: (text: string) => void;
  onMark: (index: number | null) => void;
  onEnter: () => void;
}) {
  const { t } = useWords();
  const { value, marked, count } = props;
  const move = (by: number): void => {
    const next = marked === null ? (by > 0 ? 0 : null) : marked + by;
    props.onMark(next === null || next < 0 ? null : Math.min(next, count - 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') props.onEnter();
    else if (event.key === 'ArrowDown' && count > 0) move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') props.onChange('');
    else return;
    event.preventDefault();
  };
  return (
    <TextInput
      id={SEARCH_ID}
      size="lg"
      aria-label={t('sell.search')}
      placeholder={t('sell.searchHint')}
      value={value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch size={22} stroke={1.7} aria-hidden />}
      rightSection={
        value === '' ? (
          <IconBarcode size={24} stroke={1.5} aria-hidden />
        ) : (
          <CloseButton
            size="lg"
            aria-label={t('sell.clearSearch')}
            onClick={() => props.onChange('')}
          />
        )
      }
      aria-controls="product-grid"
      autoComplete="off"
      spellCheck={false}
      autoFocus
      className={classes['search'] ?? ''}
    />
  );
}
