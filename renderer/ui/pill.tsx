import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './pill.module.css';
import type { Tone } from './tone.ts';

/** A state in a word, with its icon. */
export function Pill({
  tone,
  icon: Glyph,
  children,
}: {
  tone: Tone;
  icon: Icon;
  children: ReactNode;
}) {
  return (
    <span className={classes['pill']} data-tone={tone}>
      <Glyph size={14} stroke={2.2} aria-hidden />
      {children}
    </span>
  );
}
