import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** States of a server, in the words of the definitions window. */
export const serverStateSchema = z.enum([
  'online',
  'offline',
  'transitioning to online',
  'transitioning to offline',
]);
export type ServerState = z.infer<typeof serverStateSchema>;

/**
 * From a server: answer later, when there is something else to say than this, and after `forMs` at the
 * latest. A main that does not know it answers at once.
 */
const holdSchema = z.object({
  forMs: z.number().int().positive().max(LIMITS.heldHeartbeatMs),
  /** What the main said in its last answer. */
  definitionsVersion: z.number().int(),
  serverState: serverStateSchema,
});

/** POST /openbravo/backroom/heartbeat, started by the lower side: till to store, store to main. */
export const heartbeatRequestSchema = z.object({
  /** The terminal's id, or the server's key. */
  id: z.string().min(1).max(64),
  appVersion: z.string().max(64).optional(),
  definitionsVersion: z.number().int().optional(),
  /** The edition of the definitions that the sender has (docs/definitions.md). */
  definitionsEdition: z.string().max(64).optional(),
  /** Highest `tillSeq` that the sender has given out. */
  lastSeq: z.number().int().nonnegative().optional(),
  /** Messages that the sender holds and that are not yet accepted here. */
  unsent: z.number().int().nonnegative().optional(),
  ask: z.array(z.string().max(64)).max(LIMITS.askedPerHeartbeat).default([]),
  /** The sender's wall clock, epoch ms: shown, never used to decide. */
  clock: z.number().optional(),
  /** From a server: its key, its own state, since when (epoch ms) and why. */
  serverKey: z.string().min(1).max(32).optional(),
  serverState: serverStateSchema.optional(),
  since: z.number().min(0).max(8.64e15).optional(),
  reason: z.string().max(500).optional(),
  hold: holdSchema.optional(),
  /** From a server: the tills that it has seen lately, how long ago (ms) and with which edition. */
  tills: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        seenAgoMs: z.number().int().nonnegative(),
        edition: z.string().max(64).nullable(),
      }),
    )
    .max(LIMITS.tillsPerHeartbeat)
    .optional(),
});
export type HeartbeatRequest = z.infer<typeof heartbeatRequestSchema>;

/** The answer. An id that was asked for and is in none of the lists is accepted but not yet confirmed. */
export const heartbeatAnswerSchema = z.object({
  /** 1: the answering server speaks our extensions. */
  backroom: z.literal(1),
  serverKey: z.string(),
  confirmed: z.array(z.string()),
  parked: z.array(z.object({ id: z.string(), reason: z.string() })),
  /** Never seen here: the sender offers the message again. */
  unknown: z.array(z.string()),
  definitionsVersion: z.number().int(),
  /** Names the content of the definitions; a till loads them again when it has another. */
  definitionsEdition: z.string().optional(),
  serverState: serverStateSchema,
  /** From a main to a server: messages that it has still to pass on, by the main that they are for. */
  passingOn: z.record(z.string(), z.number()).optional(),
  /** Since when it is in that state (epoch ms), and why. */
  since: z.number().optional(),
  reason: z.string().optional(),
  /** The server's wall clock, epoch ms. */
  time: z.number(),
});
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;
