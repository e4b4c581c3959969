import type { JsonObject } from '../contract/json.ts';
import { joinRequestSchema } from '../contract/join.ts';
import { parseObject } from './body.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';

/** POST backroom/join: a store server joins this main with a one-time code. No envelope around it. */
export async function answerJoin(
  { join }: Pick<MobileParts, 'join'>,
  bytes: Buffer,
): Promise<Answer> {
  if (join === null) {
    return refused(404, 'notAMain', 'This is a store server; a server joins a main server.');
  }
  const read = parseObject(bytes);
  if (!read.ok) return refused(400, 'malformed', read.message);
  const request = joinRequestSchema.safeParse(read.value);
  if (!request.success) {
    const where = request.error.issues[0]?.path.join('.') ?? '';
    return refused(400, 'malformed', `The request to join is not understood: "${where}".`);
  }
  const answer = await join(request.data);
  return 'error' in answer
    ? refused(403, answer.error.code, answer.error.message)
    : { httpStatus: 200, body: { ...answer } as JsonObject };
}

function refused(httpStatus: number, code: string, message: string): Answer {
  return { httpStatus, body: { error: { code, message } } };
}
