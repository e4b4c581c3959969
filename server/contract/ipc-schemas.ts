import { z } from 'zod';
import { healthSchema, serveSettingsSchema } from './settings.ts';

/**
 * The schemas of what travels between the desktop shell and its pages. They are apart from the names
 * (ipc.ts), so that the preload, which checks nothing, need not carry them into every page.
 */
/** The largest text that a page may hand to the tray, characters. */
const TRAY_TEXT_LENGTH = 120;

const served = serveSettingsSchema.unwrap().shape;

/** The server that the shell hosts where none runs on this computer yet. */
export const hostedServerSchema = z
  .strictObject({
    role: served.role,
    dataDirectory: served.dataDirectory,
    /** Fixed, because tills and windows must find the server again: never "any free one". */
    port: z.number().int().min(1).max(65_535),
    /** Tills on other devices reach it; otherwise only programs on this computer do. */
    openToNetwork: z.boolean(),
    mainUrl: served.mainUrl,
    serverKey: served.serverKey,
    /** Https beside http, and the address of the tills' page: written into the settings file by hand. */
    tls: served.tls,
    publicUrl: served.publicUrl,
    /** Dropped after the first start that succeeded: it works once. */
    joinCode: served.joinCode,
  })
  .superRefine((server, context) => {
    if (server.role !== 'store') return;
    for (const key of ['serverKey', 'mainUrl'] as const) {
      if (server[key] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [key], message: `a store server needs ${key}` });
    }
  });
export type HostedServer = z.infer<typeof hostedServerSchema>;

/** Why no server answers. `lastWords` is what it wrote last, for a person to read; it may be empty. */
const serverTroubleSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('ended'), exitCode: z.number(), lastWords: z.string() }),
  z.object({ code: z.literal('silent'), waitedMs: z.number(), lastWords: z.string() }),
  /** A server that the shell did not start has stopped answering. */
  z.object({ code: z.literal('gone') }),
  /** The port is served by another server than the settings name. */
  z.object({
    code: z.literal('other-server'),
    port: z.number(),
    found: healthSchema.pick({ role: true, serverKey: true }),
    expected: z.object({ role: served.role, serverKey: z.string().optional() }),
  }),
]);
export type ServerTrouble = z.infer<typeof serverTroubleSchema>;

/** What the shell is doing. The pages show it; the window and the tray follow it. */
const shellStatusSchema = z.discriminatedUnion('phase', [
  /** The settings cannot be read or are wrong: nothing is started and the file is left as it is. */
  z.object({
    phase: z.literal('settings-broken'),
    settingsPath: z.string(),
    problem: z.string(),
    /** The file's text, cut where it is long. */
    contents: z.string(),
  }),
  /** No settings yet: the first run. */
  z.object({
    phase: z.literal('unconfigured'),
    suggestion: z.object({ dataDirectory: z.string(), port: z.number() }),
  }),
  z.object({ phase: z.literal('starting') }),
  z.object({
    phase: z.literal('running'),
    /** The shell started it, so quitting the shell stops it. */
    hosted: z.boolean(),
    /** For example `http://127.0.0.1:8427`. */
    origin: z.string(),
    role: served.role,
    serverKey: z.string(),
    version: z.string(),
    /** Single-use code for the first administrator, where the server gave one out. */
    setupCode: z.string().nullable(),
  }),
  z.object({
    phase: z.literal('waiting'),
    trouble: serverTroubleSchema,
    /** Failures in a row. */
    failures: z.number(),
    /** When it is tried again, UTC ISO. */
    retryAt: z.string(),
  }),
  z.object({ phase: z.literal('stopping') }),
]);
export type ShellStatus = z.infer<typeof shellStatusSchema>;

const nothing = z.void();

/** What travels with each request, and what answers it. */
export const ipcSchemas = {
  readStatus: { payload: nothing, answer: shellStatusSchema },
  showSyncState: { payload: z.string().max(TRAY_TEXT_LENGTH), answer: nothing },
  readSettings: { payload: nothing, answer: hostedServerSchema.nullable() },
  applySettings: { payload: hostedServerSchema, answer: nothing },
  reloadSettings: { payload: nothing, answer: nothing },
  resetSettings: { payload: nothing, answer: z.string() },
  chooseFolder: { payload: z.string(), answer: z.string().nullable() },
  retryNow: { payload: nothing, answer: nothing },
  openScreens: { payload: nothing, answer: nothing },
} as const;
