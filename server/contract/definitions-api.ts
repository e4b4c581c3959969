import { z } from 'zod';
import {
  mobileServerSchema,
  mobileServiceSchema,
  organizationSchema,
  preferenceSchema,
  terminalSchema,
} from './definitions.ts';
import { serverStateSchema } from './heartbeat.ts';
import type { Json } from './json.ts';
import { foreseenProofSchema } from './topology-api.ts';

/**
 * The API of the definitions windows, under /manage/api/definitions, in JSON; session, header and
 * errors as in contract/manage.ts. Managers read; administrators change, at the server that owns the
 * definitions. Elsewhere a change is answered 409 `notOwner` with a sentence that names the owner.
 *
 * | call | answer |
 * |---|---|
 * | GET  summary                              | {@link definitionsSummarySchema} |
 * | GET  servers                              | {@link serverListSchema}: every field, state, who and what it serves |
 * | GET  services                             | {@link serviceListSchema}: the mobile services and who offers each |
 * | GET  organizations                        | {@link organizationTreeSchema}: the tree, each with its servers and why |
 * | GET  organizations/:id/routes             | {@link routesSchema}: for each service the servers in the order in which they are tried |
 * | GET  terminals                            | {@link terminalListSchema} |
 * | GET  preferences?terminal or ?organization | {@link preferenceListSchema}: the catalogue, what is set, what is effective there |
 * | POST changes {@link changesRequestSchema} | {@link changesAnswerSchema}; 422 with {@link refusedChangesSchema} |
 * | GET  history?before&limit&model&id        | {@link historyPageSchema}, newest first |
 * | POST history/:changeNo/undo {@link undoRequestSchema} | as `changes` |
 * | GET  uptake                               | {@link uptakeSchema}: who has taken the definitions up |
 * | GET  topology?down=KEY,KEY                | contract/topology-api.ts: what is proven, and what works while these servers are down |
 * | GET  estate                               | contract/estate-api.ts: all definitions as an estate file |
 * | POST estate                               | contract/estate-api.ts: puts an estate file into force; as `changes` |
 *
 * A change that a screen must know of is told by the event `definitions`; that a till or a server has
 * taken it up, by the events `till` and `serverState`.
 */

/** A moment, UTC ISO. */
const at = z.string();
const json: z.ZodType<Json, Json> = z.json();

/** What a change may touch. Users and keys have their own ways; estate files also carry users. */
const changeableModelSchema = z.enum(['Organization', 'MobileServer', 'Terminal', 'Preference']);

/** What the history can hold: the same, and users from an estate file (their secrets are never shown). */
export const historyModelSchema = z.enum([...changeableModelSchema.options, 'User']);
export type HistoryModel = z.infer<typeof historyModelSchema>;

/* ── reading ────────────────────────────────────────────────────────────────────────────────────── */

export const definitionsSummarySchema = z.object({
  /** Counts the changes at this server; the `definitions` event carries it. */
  version: z.number().int(),
  /** Names the content: equal at two servers exactly where their active definitions are equal. */
  edition: z.string(),
  /** The newest change in the history; 0 before the first. Give it back as `knownChangeNo`. */
  changeNo: z.number().int(),
  /** The server that owns the definitions. */
  owner: z.object({ key: z.string(), name: z.string(), isSelf: z.boolean() }),
  /** Null where this user may change definitions here; else why not, for a person. */
  readOnly: z
    .object({ code: z.enum(['notOwner', 'administrator']), message: z.string() })
    .nullable(),
  multiServer: z.object({
    /** The preference is set to Y at system level. */
    enabled: z.boolean(),
    /** And at least one server can be used by tills: only then does it work that way. */
    operational: z.boolean(),
  }),
});
export type DefinitionsSummary = z.infer<typeof definitionsSummarySchema>;

/** Whether somebody has the definitions as they are now. `unknown`: it has never said which it has. */
export const uptakeStateSchema = z.enum(['current', 'behind', 'unknown']);
export type UptakeState = z.infer<typeof uptakeStateSchema>;

/** A server's definition and what follows from it. */
export const serverRowSchema = mobileServerSchema.extend({
  status: z.object({
    /** Null where this server has no way to know (an inactive one; a peer that never called). */
    state: serverStateSchema.nullable(),
    since: at.nullable(),
    /** Why it is so, in words, where there is anything to say. */
    reason: z.string().nullable(),
    /** `self`: it is this one; `watched`: this server calls it; `reported`: it calls here. */
    knownBy: z.enum(['self', 'watched', 'reported', 'nobody']),
    lastContactAt: at.nullable(),
  }),
  uptake: uptakeStateSchema,
  /** Services by server, resolved: the names of the services that it offers. */
  offers: z.array(z.string()),
  /** Organizations by server, resolved: the ids of all organizations that it serves, children too. */
  serves: z.array(z.string()),
});
export type ServerRow = z.infer<typeof serverRowSchema>;
export const serverListSchema = z.object({
  edition: z.string(),
  servers: z.array(serverRowSchema),
});
export type ServerList = z.infer<typeof serverListSchema>;

export const serviceRowSchema = mobileServiceSchema.extend({
  /** Whether this server can answer it (a module here has it), or only knows of it. */
  here: z.boolean(),
  /** Keys of the active servers that offer it, in the order of their priority. */
  servers: z.array(z.string()),
});
export type ServiceRow = z.infer<typeof serviceRowSchema>;

/** What is wrong with definitions, or unwise in them. */
export const definitionFindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  /** The change in the request that it is about; null where it is about the whole. */
  change: z.number().int().nullable(),
  model: z.string().nullable(),
  id: z.string().nullable(),
  /** The member of the row, e.g. `priority`, `services.2`; '' for the row as a whole. */
  field: z.string(),
  /** What is wrong, where, and how to mend it. */
  message: z.string(),
  /** An error that `force` with a reason overrides. */
  forceable: z.boolean(),
  /** The tills that it is about, by the name that people use; empty where it is about none. */
  tills: z.array(z.object({ id: z.string(), searchKey: z.string(), lastSeenAt: at.nullable() })),
});
export type DefinitionFinding = z.infer<typeof definitionFindingSchema>;

export const serviceListSchema = z.object({
  services: z.array(serviceRowSchema),
  /** A name that two modules define: a warning, an error where the routing types differ. */
  findings: z.array(definitionFindingSchema),
});
export type ServiceList = z.infer<typeof serviceListSchema>;

/** Why a server serves an organization. */
export const servedBecauseSchema = z.discriminatedUnion('kind', [
  /** It is there for all organizations. */
  z.object({ kind: z.literal('allOrganizations') }),
  /** It is assigned to this organization. */
  z.object({ kind: z.literal('assigned') }),
  /** It is assigned to an organization above this one. */
  z.object({ kind: z.literal('assignedAbove'), organization: z.string(), name: z.string() }),
]);
export type ServedBecause = z.infer<typeof servedBecauseSchema>;

export const servingServerSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.enum(['MAIN', 'STORE']),
  priority: z.number().int(),
  because: servedBecauseSchema,
  /** How many services it offers, and of how many. */
  offers: z.number().int(),
  ofServices: z.number().int(),
});
export type ServingServer = z.infer<typeof servingServerSchema>;

export const organizationNodeSchema = organizationSchema.extend({
  /** 0 at a root. Nodes come in the order of the tree: a parent, then its children. */
  depth: z.number().int(),
  /** Tills of it, without those of its children. An organization with tills is a store. */
  tills: z.number().int(),
  /** In the order in which its tills try them, by priority. */
  servers: z.array(servingServerSchema),
});
export type OrganizationNode = z.infer<typeof organizationNodeSchema>;
export const organizationTreeSchema = z.object({
  edition: z.string(),
  /** False: tills work with the page's own server, whatever is defined here. */
  multiServer: z.boolean(),
  organizations: z.array(organizationNodeSchema),
});
export type OrganizationTree = z.infer<typeof organizationTreeSchema>;

export const routesSchema = z.object({
  organization: z.string(),
  routes: z.array(
    z.object({
      service: z.string(),
      module: z.string(),
      routingType: mobileServiceSchema.shape.routingType,
      timeoutMs: z.number().int(),
      /** Keys in the order in which they are tried (Broadcast and Transaction: all that get it). */
      servers: z.array(z.string()),
    }),
  ),
});
export type Routes = z.infer<typeof routesSchema>;

export const terminalListSchema = z.object({
  edition: z.string(),
  terminals: z.array(
    terminalSchema.extend({ lastSeenAt: at.nullable(), uptake: uptakeStateSchema }),
  ),
});
export type TerminalList = z.infer<typeof terminalListSchema>;

export const preferenceLevelSchema = z.enum(['system', 'client', 'organization', 'terminal']);
export type PreferenceLevel = z.infer<typeof preferenceLevelSchema>;

/** A preference that this program knows: what a person may set, where, and to what. */
export const preferenceEntrySchema = z.object({
  key: z.string(),
  name: z.string(),
  /** What it does, in one or two sentences. */
  meaning: z.string(),
  /** `duration`: whole ms; `yesNo`: Y or N; `serverKey`: the key of an active main. */
  kind: z.enum(['duration', 'yesNo', 'serverKey']),
  levels: z.array(preferenceLevelSchema),
  /** What counts where nothing is set; null: it depends (the meaning says on what). */
  default: z.string().nullable(),
  /** Inclusive bounds of a duration, ms. */
  min: z.number().int().nullable(),
  max: z.number().int().nullable(),
});
export type PreferenceEntry = z.infer<typeof preferenceEntrySchema>;

export const effectivePreferenceSchema = z.object({
  value: z.string().nullable(),
  /** Where it is set; `default`: nowhere. */
  level: z.union([preferenceLevelSchema, z.literal('default')]),
  /** The id of the row that decides, and whose it is: a client, an organization or a terminal. */
  preference: z.string().nullable(),
  holder: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** A set value that counts as not set, because it is no value of its kind or out of bounds. */
  ignored: z.array(z.object({ preference: z.string(), value: z.string() })),
});
export type EffectivePreference = z.infer<typeof effectivePreferenceSchema>;

export const preferenceListSchema = z.object({
  edition: z.string(),
  /** What the effective values are for: null, the system as such. */
  place: z.object({
    terminal: z.string().nullable(),
    organization: z.string().nullable(),
    client: z.string().nullable(),
  }),
  preferences: z.array(
    preferenceEntrySchema.extend({
      /** Every row that sets it, inactive ones too. */
      set: z.array(preferenceSchema),
      effective: effectivePreferenceSchema,
    }),
  ),
  /** Rows with a key that this program does not know; they are passed on as they are. */
  others: z.array(preferenceSchema),
  /** Clients that tills belong to, for a preference of a client. */
  clients: z.array(z.string()),
});
export type PreferenceList = z.infer<typeof preferenceListSchema>;

/* ── changing ───────────────────────────────────────────────────────────────────────────────────── */

/** The members of a row. They are checked against the model's schema, each fault with its path. */
const fields = z.record(z.string(), json);

export const definitionChangeSchema = z.discriminatedUnion('action', [
  /** Without an `id` the server makes one. */
  z.strictObject({ action: z.literal('create'), model: changeableModelSchema, row: fields }),
  /** Members that are not named stay. */
  z.strictObject({
    action: z.literal('update'),
    model: changeableModelSchema,
    id: z.string().min(1).max(64),
    fields,
  }),
  /** Nothing is ever deleted; `update` with `{active: true}` brings it back. */
  z.strictObject({
    action: z.literal('deactivate'),
    model: changeableModelSchema,
    id: z.string().min(1).max(64),
  }),
]);
export type DefinitionChange = z.infer<typeof definitionChangeSchema>;

const manner = {
  /** Kept in the history. Needed with `force`. */
  reason: z.string().trim().max(500).optional(),
  /** Overrides the findings that are `forceable`. */
  force: z.boolean().default(false),
  /** Only the preview: nothing is changed. */
  dryRun: z.boolean().default(false),
};

export const changesRequestSchema = z.strictObject({
  changes: z.array(definitionChangeSchema).min(1).max(1000),
  /** From the summary: refused (409 `changedMeanwhile`) where a touched row has a newer change. */
  knownChangeNo: z.number().int().nonnegative().optional(),
  ...manner,
});
export type ChangesRequest = z.input<typeof changesRequestSchema>;

export const undoRequestSchema = z.strictObject(manner);
export type UndoRequest = z.input<typeof undoRequestSchema>;

/** What changes in one row. */
export const rowDifferenceSchema = z.object({
  model: historyModelSchema,
  id: z.string(),
  /** What people call it. */
  name: z.string(),
  kind: z.enum(['created', 'changed', 'deactivated', 'reactivated']),
  /** Only what differs; null for a member that was not there. Secrets show as `•••`. */
  fields: z.array(z.object({ field: z.string(), before: json, after: json })),
});
export type RowDifference = z.infer<typeof rowDifferenceSchema>;

export const changesAnswerSchema = z.object({
  /** The number of the change in the history; null for a preview, or where nothing differs. */
  changeNo: z.number().int().nullable(),
  /** What it would be, or is now. */
  edition: z.string(),
  difference: z.array(rowDifferenceSchema),
  /** A preview also lists the errors that would refuse it. */
  findings: z.array(definitionFindingSchema),
  /** In the preview of an estate file. */
  proof: foreseenProofSchema.optional(),
});
export type ChangesAnswer = z.infer<typeof changesAnswerSchema>;

/** 422: at least one error that was not forced. Nothing was changed. */
export const refusedChangesSchema = z.object({
  error: z.object({ code: z.literal('refused'), message: z.string() }),
  difference: z.array(rowDifferenceSchema),
  findings: z.array(definitionFindingSchema),
});
export type RefusedChanges = z.infer<typeof refusedChangesSchema>;

export const historyEntrySchema = z.object({
  changeNo: z.number().int(),
  at,
  /** Who: the user's name, where the id is still defined. */
  actor: z.object({ id: z.string(), name: z.string() }),
  reason: z.string().nullable(),
  /** The codes of the findings that were forced. */
  forced: z.array(z.string()),
  edition: z.string(),
  /** The change that this one undoes, and the one that undoes it. */
  undoes: z.number().int().nullable(),
  undoneBy: z.number().int().nullable(),
  rows: z.array(rowDifferenceSchema),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
export const historyPageSchema = z.object({
  changes: z.array(historyEntrySchema),
  /** Give this as `before` for the next page; null at the end. */
  nextBefore: z.number().int().nullable(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/* ── who has taken it up ────────────────────────────────────────────────────────────────────────── */

const takerSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: uptakeStateSchema,
  /** The edition that it has, as it last said. */
  edition: z.string().nullable(),
  /** The newest change that it has; null where its edition is none of the history's. */
  changeNo: z.number().int().nullable(),
  reportedAt: at.nullable(),
});
export const uptakeSchema = z.object({
  edition: z.string(),
  changeNo: z.number().int(),
  /** When the newest change was made; null before the first. */
  changedAt: at.nullable(),
  /** Active servers by key, this one too. */
  servers: z.array(takerSchema),
  /** Active tills by id. */
  tills: z.array(takerSchema.extend({ searchKey: z.string(), organization: z.string() })),
});
export type Uptake = z.infer<typeof uptakeSchema>;
