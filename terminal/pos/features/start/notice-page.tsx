import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { Choices } from '../../ui/choices.tsx';
import { Empty } from '../../ui/empty.tsx';
import classes from '../door/door.module.css';

/** A whole page that says one thing, and what can be done about it. */
export function NoticePage(props: {
  icon: Icon;
  title: string;
  body: string;
  action?: { words: string; run: () => void };
}) {
  const { action } = props;
  return (
    <main className={classes['page']}>
      <div className={classes['card']} role="alert">
        <Empty isHeading icon={props.icon} title={props.title} body={props.body}>
          {action === undefined ? null : (
            <Button size="lg" mt="md" onClick={action.run} autoFocus>
              {action.words}
            </Button>
          )}
        </Empty>
      </div>
      <Choices />
    </main>
  );
}
