import { heartbeatRequestSchema } from '../contract/heartbeat.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import type { Caller } from '../security/ports.ts';
import { parseObject } from './body.ts';
import { refusal, success } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';

type HeartbeatParts = Pick<
  MobileParts,
  'system' | 'storage' | 'definitions' | 'self' | 'serverState'
>;

/**
 * POST backroom/heartbeat: what became of the messages that a till or a store server asks for, and how
 * things stand here. The till that asks is seen.
 */
export async function answerHeartbeat(
  parts: HeartbeatParts,
  bytes: Buffer,
  caller: Caller,
): Promise<Answer> {
  const read = parseObject(bytes);
  if (!read.ok) return refusal(400, read.message, 'malformed');
  const parsed = heartbeatRequestSchema.safeParse(read.value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    return refusal(
      400,
      `The heartbeat is not understood: "${where}": ${issue?.message ?? ''}`,
      'malformed',
    );
  }
  const request = parsed.data;
  const { storage, definitions, self, system } = parts;
  const [status] = await Promise.all([storage.statusOf(request.ask), see(parts, request, caller)]);
  const answer: HeartbeatAnswer = {
    backroom: 1,
    serverKey: self.key,
    confirmed: status.confirmed,
    parked: status.parked,
    unknown: status.unknown,
    definitionsVersion: definitions.current().version,
    serverState: parts.serverState(),
    time: system.clock.nowMs(),
  };
  return success(answer);
}

/** A till is seen under the terminal of its session; a manager's session may speak for any defined one. */
async function see(
  { storage, definitions }: HeartbeatParts,
  request: HeartbeatRequest,
  caller: Caller,
): Promise<void> {
  if (caller.kind !== 'user') return;
  const isOwn =
    caller.terminal === null
      ? definitions.current().terminals.some((row) => row.id === request.id)
      : caller.terminal === request.id;
  if (!isOwn) return;
  await storage.seeTill({
    terminal: request.id,
    unsent: request.unsent ?? null,
    lastSeq: request.lastSeq ?? null,
    appVersion: request.appVersion ?? null,
  });
}
