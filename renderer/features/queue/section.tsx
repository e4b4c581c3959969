import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './section.module.css';

/** A named part of the drawer. */
export function Section(props: { title: string; side?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={classes['head']}>
        <h3 id={id}>{props.title}</h3>
        {props.side}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values, side by side. Values that are missing are left out. */
export function Pairs({ pairs }: { pairs: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes['pairs']}>
      {pairs.map(({ name, value }) =>
        value === null ? null : (
          <div key={name} className={classes['pair']}>
            <dt className="br-quiet">{name}</dt>
            <dd className="br-break">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
