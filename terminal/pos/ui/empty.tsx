import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** Says that there is nothing, why, and what may be done. */
export function Empty(props: {
  icon: Icon;
  title: string;
  /** The page says nothing else. */
  isHeading?: boolean;
  body?: string;
  children?: ReactNode;
}) {
  const { icon: Glyph } = props;
  const Title = props.isHeading === true ? 'h1' : 'p';
  return (
    <div className={classes['empty']}>
      <Glyph size={40} stroke={1.4} aria-hidden />
      <Title className={classes['title']}>{props.title}</Title>
      {props.body === undefined ? null : <p className="till-small">{props.body}</p>}
      {props.children}
    </div>
  );
}
