import { heartbeatRequestSchema } from '../contract/heartbeat.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import { editionOf } from '../core/definitions/edition.ts';
import type { Caller } from '../security/ports.ts';
import { parseObject } from './body.ts';
import { refusal, success } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';

type HeartbeatParts = Pick<
  MobileParts,
  'system' | 'storage' | 'definitions' | 'self' | 'own' | 'peers'
>;

/**
 * POST backroom/heartbeat: what became of the messages that a till or a store server asks for, and how
 * things stand here. The till that asks is seen; the answer does not wait for that to be written, so
 * that a slow or full disk does not make this server look dead.
 */
export function createHeartbeat(
  parts: HeartbeatParts,
): (bytes: Buffer, caller: Caller) => Promise<Answer> {
  const beingSeen = new Set<string>();
  const see = (request: HeartbeatRequest, caller: Caller): void => {
    if (caller.kind === 'server') {
      hear(parts, request, caller.serverKey);
      note(parts, request, caller.serverKey);
    }
    if (!speaksFor(parts, request, caller) || beingSeen.has(request.id)) return;
    beingSeen.add(request.id);
    parts.storage
      .seeTill({
        terminal: request.id,
        unsent: request.unsent ?? null,
        lastSeq: request.lastSeq ?? null,
        appVersion: request.appVersion ?? null,
        edition: request.definitionsEdition ?? null,
      })
      .catch((error: unknown) => parts.system.log.warn({ error }, 'a till was not noted as seen'))
      .finally(() => beingSeen.delete(request.id));
  };
  return async (bytes, caller) =>
    answerHeartbeat(parts, bytes, caller, (request) => see(request, caller));
}

async function answerHeartbeat(
  parts: HeartbeatParts,
  bytes: Buffer,
  caller: Caller,
  see: (request: HeartbeatRequest) => void,
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
  see(request);
  const status = await storage.statusOf(request.ask);
  const own = parts.own();
  const answer: HeartbeatAnswer = {
    backroom: 1,
    serverKey: self.key,
    confirmed: status.confirmed,
    parked: status.parked,
    unknown: status.unknown,
    definitionsVersion: definitions.current().version,
    definitionsEdition: editionOf(definitions.current()),
    serverState: own.state,
    ...(caller.kind === 'server' && { passingOn: await storage.waitingByDestination() }),
    since: own.sinceMs,
    reason: own.reason,
    time: system.clock.nowMs(),
  };
  return success(answer);
}

/** A server speaks for itself alone, whatever it is called in the request. */
function hear({ peers }: HeartbeatParts, request: HeartbeatRequest, key: string): void {
  const { serverState, since, reason, definitionsVersion } = request;
  peers.saw({
    key,
    // One of an earlier version says nothing; that it asks shows that it is there.
    state: serverState ?? 'online',
    sinceMs: since ?? null,
    reason: reason ?? null,
    definitionsVersion: definitionsVersion ?? null,
  });
}

/** Which definitions a server has, and the tills that it sees: for the definitions windows. */
function note({ storage, system }: HeartbeatParts, request: HeartbeatRequest, key: string): void {
  const nowMs = system.clock.nowMs();
  const { definitionsEdition = null, tills = [] } = request;
  storage
    .seeServer({
      serverKey: key,
      edition: definitionsEdition,
      tills: tills.map(({ id, seenAgoMs, edition }) => ({
        ...{ terminal: id, edition },
        seenMs: nowMs - seenAgoMs,
      })),
    })
    .catch((error: unknown) => system.log.warn({ error }, 'a server was not noted as seen'));
}

/** A session speaks for its own till; that of a manager, which has none, for any defined one. */
function speaksFor(
  { definitions }: HeartbeatParts,
  request: HeartbeatRequest,
  caller: Caller,
): boolean {
  if (caller.kind !== 'user') return false;
  return caller.terminal === null
    ? definitions.current().terminals.some((row) => row.id === request.id)
    : caller.terminal === request.id;
}
