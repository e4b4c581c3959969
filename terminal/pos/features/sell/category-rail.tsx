import { UnstyledButton } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useWords } from '../../i18n.ts';
import classes from './sell.module.css';
import { hueOf } from './tile-colour.ts';

/** The categories, each with the colour of its tiles. */
export function CategoryRail(props: {
  categories: readonly { id: string; name: string }[];
  /** Null: all of them; undefined: none, since something is searched for. */
  chosen: string | null | undefined;
  onChoose: (id: string | null) => void;
}) {
  const { t } = useWords();
  return (
    <nav className={classes['rail']} aria-label={t('sell.categories')} tabIndex={-1}>
      {props.categories.map(({ id, name }) => (
        <UnstyledButton
          key={id}
          className={classes['category']}
          aria-pressed={props.chosen === id}
          style={hueStyle(id)}
          onClick={() => props.onChoose(id)}
        >
          <span className={classes['dot']} aria-hidden />
          {name}
        </UnstyledButton>
      ))}
      <UnstyledButton
        className={classes['category']}
        aria-pressed={props.chosen === null}
        onClick={() => props.onChoose(null)}
      >
        {t('sell.all')}
      </UnstyledButton>
    </nav>
  );
}

/** Gives an element the hue of a category. */
export function hueStyle(categoryId: string): CSSProperties {
  return { '--till-hue': hueOf(categoryId) } as CSSProperties;
}
