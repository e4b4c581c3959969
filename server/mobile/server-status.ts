import type { JsonObject } from '../contract/json.ts';
import { STATE_SIGNALS, stateOfSignal } from '../core/own-state.ts';
import { blocksInTransition } from '../core/state-preferences.ts';
import type { Caller } from '../security/ports.ts';
import { refusal } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { RETRIEVE_STATUS, SERVER_STATUS } from './modules/mobile-core/server-status.ts';
import type { MobileParts } from './parts.ts';

type StatusParts = Pick<MobileParts, 'own' | 'peers' | 'self' | 'definitions'>;

/** Answers what servers ask of each other's state; undefined for any other service. */
export function answerServerStatus(
  parts: StatusParts,
  service: string,
  parameters: JsonObject,
  caller: Caller,
): Answer | undefined {
  if (service === SERVER_STATUS) {
    hear(parts, parameters, caller);
    return statusAnswer(STATE_SIGNALS[parts.own().state]);
  }
  if (service !== RETRIEVE_STATUS) return undefined;
  const key = parameters['serverKey'];
  const { self, own, peers } = parts;
  const state =
    key === self.key ? own().state : typeof key === 'string' ? peers.stateOf(key) : undefined;
  if (state !== undefined) return statusAnswer(STATE_SIGNALS[state]);
  return refusal(404, `No server with the key ${JSON.stringify(key ?? null)} is defined.`);
}

/**
 * What a till gets instead of an answer while this server changes its state, where the estate lets
 * tills wait then. Transactions are never held up: they are stored whatever the state.
 */
export function signalTo(parts: StatusParts, caller: Caller): Answer | undefined {
  const { state } = parts.own();
  if (caller.kind !== 'user' || state === 'online' || state === 'offline') return undefined;
  if (!blocksInTransition(parts.definitions.current(), caller.organization)) return undefined;
  return { httpStatus: 200, body: { response: { serverStatusSignal: STATE_SIGNALS[state] } } };
}

/** A server is believed about itself; what others say of it is not kept. */
function hear({ peers }: StatusParts, parameters: JsonObject, caller: Caller): void {
  const key = parameters['mobileServerKey'];
  const state = stateOfSignal(parameters['serverStatus']);
  if (caller.kind !== 'server' || caller.serverKey !== key || state === undefined) return;
  peers.saw({ key, state, sinceMs: null, reason: null, definitionsVersion: null });
}

function statusAnswer(serverStatus: string): Answer {
  return { httpStatus: 200, body: { response: { status: 0, serverStatus } } };
}
