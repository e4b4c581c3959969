import type { JsonObject } from '../contract/json.ts';
import type { Caller } from '../security/ports.ts';
import { refusal, rowsAnswer, unavailable } from './envelope.ts';
import type { Answer } from './envelope.ts';
import { logOut, refreshToken } from './login.ts';
import type { QueryAnswer } from './module.ts';
import type { MobileParts } from './parts.ts';
import { pageEnvelope } from './query/page-envelope.ts';
import { isRefusal } from './query/refusal.ts';
import { namedTerminal } from './query/terminal.ts';
import { answerServerStatus, signalTo } from './server-status.ts';
import type { ServiceTable } from './services-table.ts';
import { undefinedService } from './transactions.ts';

type QueryParts = MobileParts & { table: ServiceTable };

const GET_TOKEN = 'org.openbravo.mobile.core.authenticate.GetToken';
const LOG_OUT = 'org.openbravo.mobile.core.logout';
const RETRY_SECONDS = 5;

/** Answers a service that is asked and keeps nothing: a query of a module, or what another server knows. */
export async function answerQuery(
  parts: QueryParts,
  service: string,
  parameters: JsonObject,
  caller: Caller,
): Promise<Answer> {
  if (service === GET_TOKEN) return refreshToken(parts, caller);
  if (service === LOG_OUT) return logOut(parts, caller);
  const status = answerServerStatus(parts, service, parameters, caller);
  if (status !== undefined) return status;
  const signal = signalTo(parts, caller);
  if (signal !== undefined) return signal;
  const declaration = parts.table.declaration(service);
  if (declaration?.kind === 'query') {
    const { system, storage, self } = parts;
    const definitions = parts.definitions.current();
    const named = namedTerminal(parameters, definitions);
    // A terminal that is named and unknown is refused by the queries that need one.
    const terminal = isRefusal(named) ? undefined : named;
    const context = { system, storage, definitions, caller, terminal, self };
    const answer = await declaration.answer(parameters, context);
    return envelopeOf(answer, system.clock.nowMs());
  }
  if (declaration?.kind === 'transaction') {
    return refusal(405, `${service} is a transaction; send its message with POST.`, 'method');
  }
  if (!parts.table.isDefined(service, parts.definitions.current())) {
    return refusal(404, undefinedService(service), 'undefinedService');
  }
  return relayed(parts, service, parameters);
}

async function relayed(
  { relay }: QueryParts,
  service: string,
  parameters: JsonObject,
): Promise<Answer> {
  const body = relay === null ? null : await relay(service, parameters);
  if (body !== null) return { httpStatus: 200, body };
  return unavailable(
    `${service} is not answered by this server, and no other server that offers it can be reached.`,
    RETRY_SECONDS,
  );
}

function envelopeOf(answer: QueryAnswer, nowMs: number): Answer {
  if (!answer.ok) {
    return answer.httpStatus === 503
      ? unavailable(answer.message, RETRY_SECONDS)
      : refusal(answer.httpStatus, answer.message);
  }
  if ('rows' in answer) return { httpStatus: 200, body: pageEnvelope(answer) };
  return rowsAnswer(answer.data, nowMs);
}
