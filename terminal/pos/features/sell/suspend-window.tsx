import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n.ts';
import { useTill } from '../../till-context.tsx';
import { announce } from '../../ui/announce.tsx';
import { Banner } from '../../ui/banner.tsx';
import { useTask } from '../../ui/use-task.ts';
import { Window } from '../../ui/window.tsx';
import { useSale } from './sale-context.tsx';
import classes from './windows.module.css';

const LONGEST_NOTE = 60;

/** Puts the cart aside, under a name if it is given one. */
export function SuspendWindow({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const till = useTill();
  const { cart, act } = useSale();
  const task = useTask();
  const [note, setNote] = useState('');
  const suspend = (): void => {
    void task.run(async () => {
      await till.suspend(cart, note.trim());
      act({ kind: 'clear' });
      announce(t('aside.done'));
      onClose();
    });
  };
  return (
    <Window title={t('aside.put')} onClose={onClose} size="sm">
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          suspend();
        }}
      >
        <TextInput
          size="lg"
          label={t('aside.note')}
          placeholder={t('aside.noteHint')}
          value={note}
          maxLength={LONGEST_NOTE}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        {task.fault === null ? null : <Banner tone="bad">{task.fault}</Banner>}
        <Button type="submit" size="xl" loading={task.isBusy}>
          {t('aside.put')}
        </Button>
      </form>
    </Window>
  );
}
