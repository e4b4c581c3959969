import { heartbeatRequestSchema } from '../contract/heartbeat.ts';
import type { HeartbeatAnswer, HeartbeatRequest } from '../contract/heartbeat.ts';
import { editionOf } from '../core/definitions/edition.ts';
import type { Caller } from '../security/ports.ts';
import { parseObject } from './body.ts';
import { refusal, success, unavailable } from './envelope.ts';
import type { Answer } from './envelope.ts';
import type { MobileParts } from './parts.ts';

type HeartbeatParts = Pick<
  MobileParts,
  'system' | 'storage' | 'definitions' | 'self' | 'own' | 'peers' | 'hold' | 'tookUp'
>;

const STOPPING_RETRY_SECONDS = 5;

/**
 * POST backroom/heartbeat: what became of the messages that a till or a store server asks for, and how
 * things stand here. The till that asks is seen; the answer does not wait for that to be written, so
 * that a slow or full disk does not make this server look dead. That of a server may wait for news
 * (see `hold`), that of a till never does.
 */
export function createHeartbeat(
  parts: HeartbeatParts,
): (bytes: Buffer, caller: Caller) => Promise<Answer> {
  const beingSeen = new Set<string>();
  /** The edition that each till told last. */
  const editions = new Map<string, string | undefined>();
  const see = (request: HeartbeatRequest, caller: Caller): void => {
    if (caller.kind === 'server') {
      hear(parts, request, caller.serverKey);
      note(parts, request, caller.serverKey);
    }
    if (!speaksFor(parts, request, caller) || beingSeen.has(request.id)) return;
    beingSeen.add(request.id);
    const { id, definitionsEdition } = request;
    parts.storage
      .seeTill({
        terminal: id,
        unsent: request.unsent ?? null,
        lastSeq: request.lastSeq ?? null,
        appVersion: request.appVersion ?? null,
        edition: definitionsEdition ?? null,
      })
      .then(() => {
        if (editions.get(id) !== definitionsEdition) parts.tookUp();
        editions.set(id, definitionsEdition);
      })
      .catch((error: unknown) => parts.system.log.warn({ error }, 'a till was not noted as seen'))
      .finally(() => beingSeen.delete(id));
  };
  return (bytes, caller) => {
    const read = readRequest(bytes);
    if ('refused' in read) return Promise.resolve(read.refused);
    see(read.request, caller);
    // What it tells of tills is not kept while it is held.
    const { ask, hold } = read.request;
    return answerWhenDue(parts, { ask, hold }, caller);
  };
}

function readRequest(bytes: Buffer): { request: HeartbeatRequest } | { refused: Answer } {
  const read = parseObject(bytes);
  if (!read.ok) return { refused: refusal(400, read.message, 'malformed') };
  const parsed = heartbeatRequestSchema.safeParse(read.value);
  if (parsed.success) return { request: parsed.data };
  const issue = parsed.error.issues[0];
  const message = `The heartbeat is not understood: "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`;
  return { refused: refusal(400, message, 'malformed') };
}

/** What is asked of this server in a heartbeat. */
type Question = Pick<HeartbeatRequest, 'ask' | 'hold'>;

async function answerWhenDue(
  parts: HeartbeatParts,
  question: Question,
  caller: Caller,
): Promise<Answer> {
  if (!(await held(parts, question, caller))) {
    return unavailable('This server is stopping; try again in a moment.', STOPPING_RETRY_SECONDS);
  }
  return success(await answerTo(parts, question.ask, caller));
}

/** Waits for news where a server asks for that and knows how things stand. False: this server stops. */
function held(parts: HeartbeatParts, { hold }: Question, caller: Caller): Promise<boolean> {
  if (caller.kind !== 'server') return Promise.resolve(true);
  const isKnown =
    hold?.definitionsVersion === parts.definitions.current().version &&
    hold.serverState === parts.own().state;
  return parts.hold(caller.serverKey, isKnown ? hold.forMs : 0);
}

async function answerTo(
  { storage, definitions, self, system, own: ownStatus }: HeartbeatParts,
  ask: readonly string[],
  caller: Caller,
): Promise<HeartbeatAnswer> {
  const status = await storage.statusOf(ask);
  const own = ownStatus();
  return {
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
