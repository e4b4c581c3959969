import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { estateClient } from './estate-client.ts';
import type { HistoryFilter, Place } from './estate-client.ts';

/** The questions of the estate's windows, by the topic that events make stale. */
export const summaryQuery = queryOptions({
  queryKey: ['definitions', 'summary'],
  queryFn: ({ signal }) => estateClient.summary(signal),
});
export const servicesQuery = queryOptions({
  queryKey: ['definitions', 'services'],
  queryFn: ({ signal }) => estateClient.services(signal),
});
export const organizationsQuery = queryOptions({
  queryKey: ['definitions', 'organizations'],
  queryFn: ({ signal }) => estateClient.organizations(signal),
});
export const routesQuery = (organization: string) =>
  queryOptions({
    queryKey: ['definitions', 'routes', organization],
    queryFn: ({ signal }) => estateClient.routes(organization, signal),
    placeholderData: keepPreviousData,
  });
export const preferencesQuery = (place: Place) =>
  queryOptions({
    queryKey: ['definitions', 'preferences', place],
    queryFn: ({ signal }) => estateClient.preferences(place, signal),
    placeholderData: keepPreviousData,
  });
export const historyQuery = (filter: HistoryFilter) =>
  queryOptions({
    queryKey: ['definitions', 'history', filter],
    queryFn: ({ signal }) => estateClient.history(filter, signal),
    placeholderData: keepPreviousData,
  });
export const topologyQuery = (down: readonly string[]) =>
  queryOptions({
    queryKey: ['definitions', 'topology', down],
    queryFn: ({ signal }) => estateClient.topology(down, signal),
    placeholderData: keepPreviousData,
  });

/** Servers tell a state, and who has taken the definitions up: both move without a change. */
export const serversQuery = queryOptions({
  queryKey: ['uptake', 'servers'],
  queryFn: ({ signal }) => estateClient.servers(signal),
});
export const terminalsQuery = queryOptions({
  queryKey: ['uptake', 'terminals'],
  queryFn: ({ signal }) => estateClient.terminals(signal),
});
export const uptakeQuery = queryOptions({
  queryKey: ['uptake', 'whole'],
  queryFn: ({ signal }) => estateClient.uptake(signal),
  // A server that falls silent sends no event.
  refetchInterval: 15_000,
});
