import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { Door, FormFault } from './door.tsx';
import classes from './door.module.css';
import { faultWords } from './fault-words.ts';
import { LogIn } from './log-in.tsx';

const EMPTY = { code: '', name: '', userName: '', password: '' };

/** The first administrator of a fresh main server, against the code that the server printed. */
export function SetUp() {
  const { t } = useTranslation();
  const [wish, setWish] = useState(EMPTY);
  const setUp = useMutation({ mutationFn: client.setUp });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!setUp.isPending) setUp.mutate(wish);
  };
  const field = (name: keyof typeof EMPTY) => ({
    value: wish[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setWish((before) => ({ ...before, [name]: value }));
    },
    required: true,
    withAsterisk: false,
    size: 'md' as const,
  });
  if (setUp.isSuccess) return <LogIn note={t('session.created')} userName={wish.userName} />;
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      <form className={classes['form']} onSubmit={submit}>
        <TextInput
          {...field('code')}
          label={t('setup.code')}
          description={t('setup.codeHint')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
        <TextInput {...field('name')} label={t('setup.name')} autoComplete="name" />
        <TextInput
          {...field('userName')}
          label={t('setup.userName')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordInput
          {...field('password')}
          label={t('setup.password')}
          description={t('setup.passwordHint')}
          autoComplete="new-password"
          minLength={10}
        />
        <FormFault words={setUp.error ? faultWords(t, setUp.error) : undefined} />
        <Button type="submit" size="md" loading={setUp.isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </Door>
  );
}
