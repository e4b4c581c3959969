import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import classes from './check.module.css';

/** A list of which the first rows are shown, and the others when somebody asks for them. */
export function FirstRows<T>(props: {
  rows: readonly T[];
  most: number;
  row: (row: T) => ReactNode;
  /** Offers the rows that are not shown. */
  offer: (rest: number) => string;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? props.rows : props.rows.slice(0, props.most);
  const rest = props.rows.length - shown.length;
  return (
    <>
      <ul className={classes['rows']}>{shown.map(props.row)}</ul>
      {rest === 0 ? null : (
        <div className={classes['more']}>
          <Button variant="default" onClick={() => setShowsAll(true)}>
            {props.offer(rest)}
          </Button>
        </div>
      )}
    </>
  );
}
