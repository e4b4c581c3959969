import { Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../server/contract/manage.ts';
import { hasSessionEnded, sessionQuery } from '../../queries.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './session-gate.module.css';
import { LogIn } from './log-in.tsx';
import { SetUp } from './set-up.tsx';

export type LoggedIn = Extract<Session, { state: 'loggedIn' }>;

/** Shows the screens to whoever is logged in, and the door to everybody else. */
export function SessionGate({ children }: { children: (session: LoggedIn) => ReactNode }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(sessionQuery);
  if (data === undefined) {
    return (
      <main className={classes['wait']}>
        {error ? <Problem error={error} onAgain={() => void refetch()} /> : <Waiting />}
      </main>
    );
  }
  switch (data.state) {
    case 'setup':
      return <SetUp />;
    case 'loggedOut':
      return hasSessionEnded(queryClient) ? <LogIn note={t('session.expired')} /> : <LogIn />;
    case 'loggedIn':
      return children(data);
  }
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('app.loading')}>
      <Loader />
    </div>
  );
}
