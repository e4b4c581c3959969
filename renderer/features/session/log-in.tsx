import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Door, FormFault } from './door.tsx';
import classes from './door.module.css';
import { faultWords } from './fault-words.ts';
import { useLogIn } from './use-session.ts';

/** Asks who is there. `note` says why, where that is not plain. */
export function LogIn({ note, userName: known = '' }: { note?: string; userName?: string }) {
  const { t } = useTranslation();
  const [userName, setUserName] = useState(known);
  const [password, setPassword] = useState('');
  const logIn = useLogIn();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!logIn.isPending) logIn.mutate({ userName, password });
  };
  return (
    <Door title={t('session.title')} lead={t('session.lead')}>
      {note === undefined ? null : (
        <p className={classes['note']} role="status">
          {note}
        </p>
      )}
      <form className={classes['form']} onSubmit={submit}>
        <TextInput
          label={t('session.userName')}
          value={userName}
          onChange={(event) => setUserName(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={known === ''}
          size="md"
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('session.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          autoFocus={known !== ''}
          size="md"
          required
          withAsterisk={false}
        />
        <FormFault words={logIn.error ? faultWords(t, logIn.error) : undefined} />
        <Button type="submit" size="md" loading={logIn.isPending}>
          {t('session.submit')}
        </Button>
      </form>
    </Door>
  );
}
