import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../server/contract/manage.ts';
import { client } from '../../client.ts';
import { beginSession, sessionQuery } from '../../queries.ts';

/** Logs in; the screens appear when it succeeds. */
export function useLogIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: client.logIn,
    onSuccess: (session: Session) => beginSession(queryClient, session),
  });
}

/** Logs out and forgets everything that was shown. */
export function useLogOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: client.logOut,
    onSuccess: () => {
      queryClient.setQueryData<Session>(sessionQuery.queryKey, { state: 'loggedOut' });
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
  });
}
