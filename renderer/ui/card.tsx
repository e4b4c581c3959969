import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './card.module.css';

/** A named part of a screen. */
export function Card(props: {
  title: ReactNode;
  hint?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <header className={classes['head']}>
        <div>
          <h2 id={id}>{props.title}</h2>
          {props.hint === undefined ? null : <p className="br-quiet br-small">{props.hint}</p>}
        </div>
        {props.side}
      </header>
      {props.children}
    </section>
  );
}
