import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './banner.module.css';

/** A sentence that stays until what it says is over. */
export function Banner(props: { tone: 'busy' | 'care' | 'bad' | 'good'; children: ReactNode }) {
  const Glyph = props.tone === 'busy' || props.tone === 'good' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes['banner']} data-tone={props.tone} role="status">
      <Glyph size={20} stroke={1.8} aria-hidden />
      <div className={classes['words']}>{props.children}</div>
    </div>
  );
}
