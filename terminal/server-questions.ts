import type { JsonObject } from '../server/contract/json.ts';
import { isJsonObject } from '../server/contract/json.ts';
import type { Timers } from './platform.ts';
import type { RequestRouter } from './request-router.ts';

/** A cashier waits for the answer: what takes longer is taken for no answer. */
const DEADLINE_MS = 4_000;

/** What a till asks a server while a customer waits: quick or not at all. */
export class ServerQuestions {
  readonly #router: Pick<RequestRouter, 'query' | 'servers' | 'healthOf'>;
  readonly #timers: Timers;
  readonly #common: JsonObject;

  constructor(parts: {
    router: Pick<RequestRouter, 'query' | 'servers' | 'healthOf'>;
    timers: Timers;
    /** The members that every query of the till carries. */
    common: JsonObject;
  }) {
    this.#router = parts.router;
    this.#timers = parts.timers;
    this.#common = parts.common;
  }

  /** Whether some server is thought to answer. */
  get canAsk(): boolean {
    return this.#router.servers.some((server) => this.#router.healthOf(server).online);
  }

  /** The rows of the answer; null where no server is online, or none answered them in time. */
  async rows(service: string, parameters: JsonObject): Promise<JsonObject[] | null> {
    if (!this.canAsk) return null;
    const asked = this.#router.query(service, { ...this.#common, ...parameters });
    const routed = await inTime(this.#timers, asked, DEADLINE_MS);
    if (routed?.reply.kind !== 'answer') return null;
    const { response } = routed.reply.body;
    if (!isJsonObject(response) || response['status'] !== 0) return null;
    const { data } = response;
    return Array.isArray(data) ? data.filter(isJsonObject) : null;
  }
}

/** What a promise comes to by the deadline; undefined where it comes to nothing until then. */
export async function inTime<Value>(
  timers: Timers,
  promise: Promise<Value>,
  deadlineMs: number,
): Promise<Value | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([
      promise,
      timers.pause(deadlineMs, over.signal).then(() => undefined),
    ]);
  } finally {
    over.abort();
  }
}
