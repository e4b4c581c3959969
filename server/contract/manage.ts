import { z } from 'zod';
import { roleSchema } from './definitions.ts';
import { serverStateSchema } from './heartbeat.ts';

/**
 * The API of the managers' screens, under /manage/api, in JSON. A session is a cookie (HttpOnly,
 * SameSite=Strict). Requests that change something carry the header `X-Backroom: 1`, which a foreign
 * page cannot send. Errors are `{error: {code, message}}` with a 4xx or 5xx status.
 *
 * | call | answer |
 * |---|---|
 * | GET  session                    | {@link sessionSchema}: who is logged in, or what is needed first |
 * | POST session {userName, password} | the same; 401 where refused |
 * | DELETE session                  | 204 |
 * | POST setup {code, userName, name, password} | creates the first administrator with the set-up code |
 * | GET  overview                   | {@link overviewSchema} |
 * | GET  lanes                      | {@link lanesSchema} |
 * | GET  entries?state&terminal&before&limit | {@link entriesPageSchema}, newest first |
 * | GET  entries/:entryNo           | {@link entryDetailSchema} |
 * | POST entries/:entryNo/retry     | 204: its waiting deliveries are due now |
 * | POST lanes/retry {destination, terminal} | 204: the lane is due now |
 * | GET  server-states              | {@link serverStatesSchema}: this server's own state, and its peers as it knows them |
 * | POST server-state {to: online or offline, reason} | 204: a manager forces a transition; kept in the audit |
 * | POST join-codes {serverKey}     | {code, expiresAt}: a one-time code for a store server (at a main) |
 * | GET  events?after=seq           | server-sent events, each `id: seq` and {@link eventSchema} |
 */
export const sessionSchema = z.discriminatedUnion('state', [
  /** No user exists yet: the set-up code printed at the first start is asked for. */
  z.object({ state: z.literal('setup') }),
  z.object({ state: z.literal('loggedOut') }),
  z.object({
    state: z.literal('loggedIn'),
    user: z.object({ id: z.string(), name: z.string(), role: roleSchema }),
    expiresAt: z.string(),
  }),
]);
export type Session = z.infer<typeof sessionSchema>;

/** A moment, UTC ISO. */
const at = z.string();
const mainStatusSchema = z.object({
  key: z.string(),
  name: z.string(),
  url: z.string(),
  state: serverStateSchema,
  /** Since when it is in this state. */
  since: at,
  lastContactAt: at.nullable(),
  /** Whether it speaks our extensions. */
  backroom: z.boolean().nullable(),
  lastError: z.string().nullable(),
  /** Entries that this main has not acknowledged. */
  waiting: z.number().int(),
});
export type MainStatus = z.infer<typeof mainStatusSchema>;

const tillStatusSchema = z.object({
  id: z.string(),
  searchKey: z.string(),
  name: z.string(),
  lastSeenAt: at.nullable(),
  /** Messages that the till holds and has not handed over; null when it has not said. */
  unsent: z.number().int().nullable(),
  /** Its entries that are not confirmed. */
  waiting: z.number().int(),
  parked: z.number().int(),
});
export type TillStatus = z.infer<typeof tillStatusSchema>;

export const overviewSchema = z.object({
  /** The number of the last event that this snapshot contains. */
  seq: z.number().int(),
  now: at,
  server: z.object({
    key: z.string(),
    role: z.enum(['store', 'main']),
    version: z.string(),
    state: serverStateSchema,
    /** Since when it is in this state, and why. */
    since: at.optional(),
    reason: z.string().optional(),
    startedAt: at,
  }),
  mains: z.array(mainStatusSchema),
  tills: z.array(tillStatusSchema),
  today: z.object({
    /** Local day of the server, yyyy-MM-dd. */
    day: z.string(),
    tickets: z.number().int(),
    /** Sales less returns, minor units. */
    grossMinor: z.number().int(),
    currency: z.string(),
    precision: z.number().int(),
  }),
  queue: z.object({
    waiting: z.number().int(),
    parked: z.number().int(),
    /** When the oldest entry that is not confirmed was accepted. */
    oldestUnconfirmedAt: at.nullable(),
  }),
  /** Null at a main that replicates from nobody. */
  replication: z
    .object({
      lastSuccessAt: at.nullable(),
      lastError: z.string().nullable(),
      /** True while a first full load runs, with how far it is. */
      loading: z.object({ model: z.string(), rows: z.number().int() }).nullable(),
    })
    .nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

/** Another server of the estate, as this one knows it. */
const peerStatusSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.enum(['MAIN', 'STORE']),
  state: serverStateSchema,
  /** Null where it has not been heard of. */
  since: at.nullable(),
  lastContactAt: at.nullable(),
  reason: z.string().nullable(),
  /** The version of this server's definitions that it has taken up; null where it has not said. */
  definitionsVersion: z.number().int().nullable(),
});
export type PeerStatus = z.infer<typeof peerStatusSchema>;

export const serverStatesSchema = z.object({
  own: z.object({
    key: z.string(),
    state: serverStateSchema,
    since: at,
    reason: z.string(),
    /** A manager's wish holds it offline. */
    forced: z.boolean(),
  }),
  peers: z.array(peerStatusSchema),
});
export type ServerStates = z.infer<typeof serverStatesSchema>;

const laneSchema = z.object({
  destination: z.string(),
  terminal: z.string(),
  terminalName: z.string(),
  waiting: z.number().int(),
  parked: z.number().int(),
  /** The entry at the head; null when nothing waits. */
  headEntryNo: z.number().int().nullable(),
  attempts: z.number().int(),
  nextAttemptAt: at.nullable(),
  lastError: z.string().nullable(),
});
export type Lane = z.infer<typeof laneSchema>;
export const lanesSchema = z.object({ seq: z.number().int(), lanes: z.array(laneSchema) });
export type Lanes = z.infer<typeof lanesSchema>;

/** `queued` and `confirmed` at a store server; `applied` and `waiting` at a main; `parked` at both. */
export const entryStateSchema = z.enum(['queued', 'confirmed', 'applied', 'waiting', 'parked']);
export type EntryState = z.infer<typeof entryStateSchema>;

export const deliveryStateSchema = z.enum([
  'waiting',
  'claimed',
  'acknowledged',
  'parked',
  'withdrawn',
]);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const entryRowSchema = z.object({
  entryNo: z.number().int(),
  messageId: z.string(),
  service: z.string(),
  terminal: z.string(),
  terminalName: z.string(),
  acceptedAt: at,
  state: entryStateSchema,
  records: z.number().int(),
  bytes: z.number().int(),
  /** Document number and amount of the first ticket in it, where there is one. */
  documentNo: z.string().nullable(),
  grossMinor: z.number().int().nullable(),
  reason: z.string().nullable(),
});
export type EntryRow = z.infer<typeof entryRowSchema>;

export const entriesPageSchema = z.object({
  seq: z.number().int(),
  rows: z.array(entryRowSchema),
  /** Give this as `before` for the next page; null at the end. */
  nextBefore: z.number().int().nullable(),
});
export type EntriesPage = z.infer<typeof entriesPageSchema>;

export const entryDetailSchema = entryRowSchema.extend({
  digest: z.string(),
  serverEpoch: z.number().int(),
  serverSeq: z.number().int(),
  tillSeq: z.number().int().nullable(),
  /** The message as JSON text; null where its bytes are not JSON. */
  body: z.string().nullable(),
  deliveries: z.array(
    z.object({
      destination: z.string(),
      state: deliveryStateSchema,
      outcome: z.string().nullable(),
      attemptsStarted: z.number().int(),
      attemptsFinished: z.number().int(),
      nextAttemptAt: at.nullable(),
      acknowledgedAt: at.nullable(),
      lastError: z.string().nullable(),
    }),
  ),
  /** What happened to it, oldest first. */
  story: z.array(z.object({ at, kind: z.string(), detail: z.string() })),
});
export type EntryDetail = z.infer<typeof entryDetailSchema>;

/** A numbered event. Numbers have no gaps: a reader that sees one loads its snapshot again. */
export const eventSchema = z.object({
  seq: z.number().int(),
  at,
  kind: z.enum([
    /** An entry was accepted or its state changed: `{entryNo, state, terminal}`. */
    'entry',
    /** A lane's next attempt or last error changed: `{destination, terminal}`. */
    'lane',
    /** A server's state changed, here or elsewhere: `{serverKey, state, since, reason}`. */
    'serverState',
    /** A till was seen: `{terminal}`. */
    'till',
    /** Replication finished a round or failed: `{}`. */
    'replication',
    /** The definitions changed: `{version}`. */
    'definitions',
  ]),
  data: z.record(z.string(), z.unknown()),
});
export type BackroomEvent = z.infer<typeof eventSchema>;
