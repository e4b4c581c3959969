import type { z } from 'zod';
import {
  changesAnswerSchema,
  definitionsSummarySchema,
  historyPageSchema,
  organizationTreeSchema,
  preferenceListSchema,
  refusedChangesSchema,
  routesSchema,
  serverListSchema,
  serviceListSchema,
  terminalListSchema,
  uptakeSchema,
} from '../server/contract/definitions-api.ts';
import type {
  ChangesAnswer,
  ChangesRequest,
  RefusedChanges,
  UndoRequest,
} from '../server/contract/definitions-api.ts';
import type { EstateRequest } from '../server/contract/estate-api.ts';
import type { EstateFormat } from '../server/contract/estate.ts';
import { topologySchema } from '../server/contract/topology-api.ts';
import { API, call, CallError } from './client.ts';

/** A large estate is read, judged, proven, and its new passwords are hashed. */
const ESTATE_TIMEOUT_MS = 120_000;

/** What became of a wish to change definitions: made (or previewed), or refused with the findings. */
export type Outcome =
  ({ kind: 'answered' } & ChangesAnswer) | ({ kind: 'refused' } & Omit<RefusedChanges, 'error'>);

/** Where preferences are asked for: a till, an organization, or neither (the system). */
export interface Place {
  terminal?: string;
  organization?: string;
}

/** Which part of the history is asked for. */
export interface HistoryFilter {
  before?: number | undefined;
  model?: string | undefined;
  id?: string | undefined;
}

const get = <T>(schema: z.ZodType<T>, path: string, signal?: AbortSignal): Promise<T> =>
  call(schema, 'GET', `/definitions/${path}`, { signal });

/** The API of the definitions as functions. */
export const estateClient = {
  summary: (signal?: AbortSignal) => get(definitionsSummarySchema, 'summary', signal),
  servers: (signal?: AbortSignal) => get(serverListSchema, 'servers', signal),
  services: (signal?: AbortSignal) => get(serviceListSchema, 'services', signal),
  organizations: (signal?: AbortSignal) => get(organizationTreeSchema, 'organizations', signal),
  routes: (organization: string, signal?: AbortSignal) =>
    get(routesSchema, `organizations/${encodeURIComponent(organization)}/routes`, signal),
  terminals: (signal?: AbortSignal) => get(terminalListSchema, 'terminals', signal),
  preferences: (place: Place, signal?: AbortSignal) =>
    get(
      preferenceListSchema,
      `preferences?${new URLSearchParams({ ...place }).toString()}`,
      signal,
    ),
  history: (filter: HistoryFilter, signal?: AbortSignal) => {
    const entries = Object.entries(filter) as [string, string | number | undefined][];
    const query = entries.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return get(historyPageSchema, `history?${new URLSearchParams(query).toString()}`, signal);
  },
  uptake: (signal?: AbortSignal) => get(uptakeSchema, 'uptake', signal),
  topology: (down: readonly string[], signal?: AbortSignal) =>
    get(topologySchema, `topology?${new URLSearchParams({ down: down.join(',') })}`, signal),
  change: (body: ChangesRequest) => change('/definitions/changes', body),
  undo: (changeNo: number, body: UndoRequest) =>
    change(`/definitions/history/${changeNo}/undo`, body),
  applyEstate: (body: EstateRequest) => change('/definitions/estate', body, ESTATE_TIMEOUT_MS),
};

/** Where all definitions can be had as a file. */
export function estateFileUrl(format: EstateFormat): string {
  return `${API}/definitions/estate?format=${format}`;
}

async function change(path: string, body: object, timeoutMs?: number): Promise<Outcome> {
  const options = { body, ...(timeoutMs !== undefined && { timeoutMs }) };
  try {
    return { kind: 'answered', ...(await call(changesAnswerSchema, 'POST', path, options)) };
  } catch (error) {
    const refusal = error instanceof CallError && refusedChangesSchema.safeParse(error.answer).data;
    if (!refusal) throw error;
    const { difference, findings } = refusal;
    return { kind: 'refused', difference, findings };
  }
}
