import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n.ts';
import { Choices } from '../../ui/choices.tsx';
import classes from '../door/door.module.css';

/** Asks once which till this is. */
export function TillName({ onName }: { onName: (name: string) => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  return (
    <main className={classes['page']}>
      <form
        className={classes['card']}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onName(name.trim());
        }}
      >
        <h1>{t('start.title')}</h1>
        <p className="till-quiet">{t('start.lead')}</p>
        <TextInput
          size="lg"
          label={t('start.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoCapitalize="characters"
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" size="lg">
          {t('start.go')}
        </Button>
      </form>
      <Choices />
    </main>
  );
}
