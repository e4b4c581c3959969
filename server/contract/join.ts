import { z } from 'zod';
import { mobileServerSchema, serverKeySchema } from './definitions.ts';

/**
 * A store server joins a main: POST /openbravo/backroom/join with a one-time code that the main gave
 * out for the store's Mobile Server Key. Afterwards each knows the other's public key.
 */
export const joinRequestSchema = z.object({
  serverKey: z.string().min(1).max(32),
  code: z.string().min(1).max(64),
  key: serverKeySchema,
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

/** The definitions that a store needs before it can replicate the rest. */
export const joinAnswerSchema = z.object({
  /** Key of the main that answered. */
  serverKey: z.string(),
  servers: z.array(mobileServerSchema),
  serverKeys: z.array(serverKeySchema),
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;
