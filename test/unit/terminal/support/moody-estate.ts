import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../../server/contract/json.ts';
import type { RoutingTable } from '../../../../terminal/routing.ts';
import type { FakePlatform } from './platform.ts';
import { fakePlatform } from './platform.ts';

/** What a server does with whatever comes. `losesAnswers`: takes a message and fails to say so. */
export const MOODS = [
  ...['well', 'refuses', 'slow', 'fails', 'page', 'locked', 'losesAnswers'],
  ...['otherMessage', 'otherBytes', 'noReceiptStatus'],
] as const;
export type Mood =
  | 'well'
  | 'refuses'
  | 'slow'
  | 'fails'
  | 'page'
  | 'locked'
  | 'losesAnswers'
  | 'otherMessage'
  | 'otherBytes'
  | 'noReceiptStatus';

export interface MoodyServer {
  name: string;
  isMain: boolean;
  /** Short names of the services that it offers. */
  services: readonly string[];
  mood: Mood;
  /** Messages that it has, by id, in the order of their first arrival; empty after it forgot. */
  books: Map<string, string>;
}

interface Arrival {
  server: string;
  messageId: string;
  service: string;
}

const LATENCY_MS = 20;
const TIMEOUT_S = 4;

/**
 * Servers whose moods a test sets, on a clock that it moves. Mains confirm what they have; a store
 * server confirms what it has handed to the mains, which it does when it is asked.
 */
export class MoodyEstate {
  readonly platform: FakePlatform;
  readonly servers: MoodyServer[];
  /** Whether a log-in is taken. */
  letsIn = true;
  /** When each request came, ms, what it was for, and whether it moved anything. */
  readonly requests: { atMs: number; path: string; useful: boolean }[] = [];
  /** True receipts that were given: `server messageId`. */
  readonly receipts = new Set<string>();
  /** First true receipts of each message at each server, in order. */
  readonly arrivals: Arrival[] = [];
  /** Bytes of each message as they first came; anything else that comes under its id is a fault. */
  readonly faults: string[] = [];
  readonly #bytes = new Map<string, string>();
  #tokens = 0;

  constructor(servers: readonly Omit<MoodyServer, 'books' | 'mood'>[]) {
    this.servers = servers.map((server) => ({ ...server, mood: 'well', books: new Map() }));
    this.platform = fakePlatform((input, init) => this.#fetch(new URL(input as string), init));
  }

  table(services: readonly string[]): RoutingTable {
    return {
      servers: this.servers.map(({ name, isMain, services: own }, priority) => ({
        ...{ name, priority, address: `http://${name}.test/openbravo`, mainServer: isMain },
        ...{ allServices: false, currentServer: false, services: [...own] },
      })),
      services: services.map((name) => ({ name, type: 'Transaction', timeout: TIMEOUT_S })),
    };
  }

  /** How many requests so far had this in their path. */
  count(part: string): number {
    return this.requests.filter(({ path }) => path.includes(part)).length;
  }

  #fetch(url: URL, init: RequestInit | undefined): Promise<Response> {
    const server = this.servers.find(({ name }) => url.hostname === `${name}.test`);
    const request = { atMs: this.platform.clock.nowMs(), path: url.pathname, useful: false };
    this.requests.push(request);
    if (server === undefined || server.mood === 'refuses') {
      return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }));
    }
    const { mood } = server;
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      if (mood === 'slow') return;
      this.platform.timers.after(LATENCY_MS, () => {
        const answer = this.#answer(server, url.pathname, (init?.body ?? '') as string);
        request.useful = answer.useful;
        resolve(answer.response);
      });
    });
  }

  #answer(
    server: MoodyServer,
    path: string,
    body: string,
  ): { response: Response; useful: boolean } {
    const useless = (response: Response) => ({ response, useful: false });
    const { mood } = server;
    if (mood === 'fails' || mood === 'refuses') return useless(json({}, 500));
    if (mood === 'page') return useless(new Response('<html>Welcome to our network</html>'));
    if (path.endsWith('checkServerAvailability')) return useless(json({ response: { status: 0 } }));
    if (path.endsWith('POSLoginHandler')) return useless(json(this.#session()));
    if (mood === 'locked') return useless(json({ response: { status: -1 } }, 401));
    if (path.includes('GetToken')) return useless(json({ response: { data: [this.#session()] } }));
    if (path.endsWith('heartbeat'))
      return { response: this.#heartbeat(server, body), useful: true };
    if (body === '') return useless(json({ response: { status: 0, data: [] } }));
    const service = path.split('/').at(-1) ?? '';
    return this.#take(server, service, body);
  }

  #session(): JsonObject {
    if (!this.letsIn) return { showMessage: true, messageTitle: 'No', messageText: 'locked out' };
    this.#tokens += 1;
    const authenticationToken = `token-${this.#tokens}`;
    return { showMessage: false, userId: 'U1', authenticationToken };
  }

  #take(
    server: MoodyServer,
    service: string,
    body: string,
  ): { response: Response; useful: boolean } {
    const { messageId } = JSON.parse(body) as { messageId: string };
    const known = this.#bytes.get(messageId) ?? body;
    this.#bytes.set(messageId, known);
    if (known !== body) this.faults.push(`${messageId} came with other bytes`);
    if (!server.services.includes(service)) this.faults.push(`${server.name} got ${service}`);
    const digest = createHash('sha256').update(body).digest('hex');
    const receipt = { messageId, digest, terminal: 'T', serverKey: server.name };
    const answer = (changed: JsonObject, status = 0): Response =>
      json({
        response: {
          status,
          receipt: { ...receipt, serverEpoch: 1, serverSeq: 1, outcome: 'accepted', ...changed },
        },
      });
    if (server.mood === 'otherMessage') {
      return { response: answer({ messageId: 'other' }), useful: false };
    }
    if (server.mood === 'otherBytes') {
      return { response: answer({ digest: 'other' }), useful: false };
    }
    if (server.mood === 'noReceiptStatus') return { response: answer({}, -1), useful: false };
    if (!server.books.has(messageId)) {
      server.books.set(messageId, service);
      this.arrivals.push({ server: server.name, messageId, service });
    }
    if (server.mood === 'losesAnswers') return { response: json({}, 502), useful: false };
    this.receipts.add(`${server.name} ${messageId}`);
    return { response: answer({}), useful: true };
  }

  #heartbeat(server: MoodyServer, body: string): Response {
    const { ask } = JSON.parse(body) as { ask: string[] };
    if (!server.isMain) this.#passOn(server);
    const known = ask.filter((id) => server.books.has(id));
    return json({
      response: {
        ...{ backroom: 1, serverKey: server.name, confirmed: known, parked: [] },
        unknown: ask.filter((id) => !server.books.has(id)),
        ...{ definitionsVersion: 1, serverState: 'online', time: 0 },
      },
    });
  }

  #passOn(store: MoodyServer): void {
    const mains = this.servers.filter((server) => server.isMain);
    for (const [messageId, service] of store.books) {
      for (const main of mains) {
        if (main.services.includes(service)) main.books.set(messageId, service);
      }
    }
  }
}

function json(body: JsonObject, status = 200): Response {
  return Response.json(body, { status });
}
