import { z } from 'zod';
import { DEFAULT_HTTPS_PORT, DEFAULT_PORT } from './limits.ts';
import { publicUrlSchema } from './public-url.ts';

/** With what a server speaks https, beside http on its own port. */
const tlsSettingsSchema = z.object({
  /** PEM files. The certificate comes first, those that lead to its root after it. */
  certPath: z.string().min(1),
  keyPath: z.string().min(1),
  /** 0 picks a free port. */
  port: z.number().int().min(0).max(65_535).default(DEFAULT_HTTPS_PORT),
});

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
    /** Http alone where it is absent. */
    tls: tlsSettingsSchema.optional(),
    /** The one address under which tills open their Web POS; the address of their page where it is absent. */
    publicUrl: publicUrlSchema.optional(),
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
