import { z } from 'zod';
import { DEFAULT_PORT } from './limits.ts';

/** What a server is started with (`backroom serve`). */
export const serveSettingsSchema = z
  .object({
    role: z.enum(['store', 'main']),
    /** Folder of the database and keys; made when it is missing. */
    dataDirectory: z.string().min(1),
    host: z.string().min(1).default('127.0.0.1'),
    /** 0 picks a free port. */
    port: z.number().int().min(0).max(65_535).default(DEFAULT_PORT),
    /** Address of the main server with or without the context path; a store needs it once, to join. */
    mainUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Mobile Server Key. */
    serverKey: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,32}$/, 'at most 32 letters, digits, ".", "_" or "-"')
      .optional(),
    /** One-time code from the main's screen, with which a store server joins. */
    joinCode: z.string().optional(),
    logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .readonly();
export type ServeSettings = z.infer<typeof serveSettingsSchema>;

/** GET /healthz: recognisable without a log-in, for the shell, load balancers and "who owns this port?". */
export const healthSchema = z.object({
  status: z.literal('ok'),
  product: z.literal('backroom'),
  role: z.enum(['store', 'main']),
  serverKey: z.string(),
  version: z.string(),
  pid: z.number().int(),
});
export type Health = z.infer<typeof healthSchema>;
