import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Session } from '../server/contract/manage.ts';
import { client } from './client.ts';
import type { EntriesFilter } from './client.ts';
import type { Topic } from './fold.ts';
import { noteServerTime } from './time.ts';

/** Every question that the screens ask, by the topic that events make stale. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => client.session(signal),
});
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: async ({ signal }) => {
    const overview = await client.overview(signal);
    noteServerTime(overview.now);
    return overview;
  },
  // Events say what changed; this is for what no event tells, such as the end of the day.
  refetchInterval: 30_000,
});
export const statesQuery = queryOptions({
  queryKey: ['states'],
  queryFn: ({ signal }) => client.serverStates(signal),
});
export const lanesQuery = queryOptions({
  queryKey: ['lanes'],
  queryFn: ({ signal }) => client.lanes(signal),
});
export const entriesQuery = (filter: EntriesFilter) =>
  queryOptions({
    queryKey: ['entries', filter],
    queryFn: ({ signal }) => client.entries(filter, signal),
  });
export const entryQuery = (entryNo: number) =>
  queryOptions({
    queryKey: ['entry', entryNo],
    queryFn: ({ signal }) => client.entry(entryNo, signal),
  });

const ENDED_KEY = ['sessionEnded'];

/** The server no longer takes our session: asks who is logged in, which leads to the log-in. */
export async function endSession(queryClient: QueryClient): Promise<void> {
  queryClient.setQueryData(ENDED_KEY, true);
  await queryClient.invalidateQueries(sessionQuery);
}

/** Whether a session ended by itself, which the log-in then explains. */
export function hasSessionEnded(queryClient: QueryClient): boolean {
  return queryClient.getQueryData(ENDED_KEY) === true;
}

/** A new session has begun. */
export function beginSession(queryClient: QueryClient, session: Session): void {
  queryClient.removeQueries({ queryKey: ENDED_KEY });
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Loads the shown parts of these topics again; the hidden ones when they are next shown. */
export async function refresh(queryClient: QueryClient, topics: Iterable<Topic>): Promise<void> {
  await Promise.all(
    [...topics].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
  );
}
