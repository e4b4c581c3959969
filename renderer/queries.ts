import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import type { EntriesFilter } from './client.ts';
import type { Topic } from './fold.ts';

/** Every question that the screens ask, by the topic that events make stale. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => client.session(signal),
});
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => client.overview(signal),
  // Events say what changed; this is for what no event tells, such as the end of the day.
  refetchInterval: 30_000,
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

/** Loads the shown parts of these topics again; the hidden ones when they are next shown. */
export async function refresh(queryClient: QueryClient, topics: Iterable<Topic>): Promise<void> {
  await Promise.all(
    [...topics].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })),
  );
}
