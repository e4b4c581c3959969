import { z } from 'zod';
import type { JsonObject } from '../server/contract/json.ts';

/** Who works at the till. Kept for as long as the session may have to be renewed. */
export interface Credentials {
  userName: string;
  /** PIN or password. */
  secret: string;
}

/** A session with the estate: any of its servers takes the token. */
export interface Session {
  token: string;
  userId: string;
  /** When the token was given out, epoch ms. */
  sinceMs: number;
}

const loginAnswerSchema = z.looseObject({
  showMessage: z.literal(false),
  userId: z.string(),
  authenticationToken: z.string().min(1),
});

const refusalSchema = z.looseObject({
  messageTitle: z.string().default(''),
  messageText: z.string().default(''),
});

/** The session of a log-in's answer, or why it was refused, in the server's words. */
export function sessionOf(body: JsonObject, nowMs: number): Session | { refused: string } {
  const accepted = loginAnswerSchema.safeParse(body);
  if (accepted.success) {
    const { authenticationToken, userId } = accepted.data;
    return { token: authenticationToken, userId, sinceMs: nowMs };
  }
  const refusal = refusalSchema.safeParse(body).data;
  const words = [refusal?.messageTitle, refusal?.messageText].filter((text) => text);
  return { refused: words.join(': ') || 'the server did not say why' };
}

const refreshSchema = z.looseObject({
  response: z.looseObject({
    data: z.tuple([z.looseObject({ authenticationToken: z.string().min(1) })]),
  }),
});

/** The new token of an answer to GetToken; undefined where it holds none. */
export function refreshedToken(body: JsonObject): string | undefined {
  return refreshSchema.safeParse(body).data?.response.data[0].authenticationToken;
}
