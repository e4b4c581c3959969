import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** Says that there is nothing, why, and what may be done. */
export function Empty(props: { icon: Icon; title: string; body?: string; children?: ReactNode }) {
  const { icon: Glyph } = props;
  return (
    <div className={classes['empty']}>
      <Glyph size={40} stroke={1.4} aria-hidden />
      <p className={classes['title']}>{props.title}</p>
      {props.body === undefined ? null : <p className="till-small">{props.body}</p>}
      {props.children}
    </div>
  );
}
