import { z } from 'zod';

/**
 * What a main says of a message. All three are *acknowledged*: the main has it safe.
 * `applied`: its effect is in the main's books. `waiting`: it needs a record that the main has not
 * seen yet. `parked`: it is stored with a reason and a person must look.
 */
export const outcomeSchema = z.enum(['applied', 'waiting', 'parked']);
export type Outcome = z.infer<typeof outcomeSchema>;

/**
 * Given after the flush, in `response.receipt` of a transaction's answer.
 * `digest` is the lower-case hexadecimal SHA-256 of the stored bytes of the body.
 * `serverEpoch` and `serverSeq` place the message in the accepting server's journal of that terminal.
 */
export const receiptSchema = z.object({
  messageId: z.string(),
  digest: z.string(),
  terminal: z.string(),
  serverKey: z.string(),
  serverEpoch: z.number().int(),
  serverSeq: z.number().int(),
  /** `accepted` at a store server, an outcome at a main. */
  outcome: z.enum(['accepted', 'applied', 'waiting', 'parked']),
  /** Why a person must look; only where parked, or what is missing where waiting. */
  reason: z.string().optional(),
  /** Present and true where card numbers were masked before storing. */
  masked: z.boolean().optional(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/**
 * The body of a transaction as a till posts it. Unknown members are kept and forwarded, since the
 * bytes themselves are what is stored.
 */
export const transactionBodySchema = z.looseObject({
  messageId: z.string().min(1).max(64).optional(),
  data: z.array(z.looseObject({})).max(100),
  client: z.string().optional(),
  organization: z.string().optional(),
  pos: z.string().optional(),
  terminalName: z.string().optional(),
  appName: z.string().optional(),
  timeout: z.number().optional(),
  /** Till chain of our own router: the number of this message at its till, from 1. */
  tillSeq: z.number().int().positive().optional(),
  /** Till chain: digest of the till's message before this one; empty string for the first. */
  prevDigest: z.string().optional(),
});
