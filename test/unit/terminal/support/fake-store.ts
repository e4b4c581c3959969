import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../../server/contract/json.ts';
import { rowsFor, terminal, terminalAnswer } from './shop.ts';

const JSONREST = '/openbravo/org.openbravo.mobile.core.service.jsonrest/';
const MASTER = 'org.openbravo.retail.posterminal.master.';

interface Taken {
  service: string;
  body: string;
  /** Parsed. */
  message: JsonObject;
}

/** What a till meets: the least that a server must say, in memory, with every fault at hand. */
export class FakeStore {
  /** Unreachable. */
  down = false;
  /** Answers every transaction with this status instead. */
  refuseWith: number | null = null;
  /** Takes messages and loses the answer. */
  losesAnswers = false;
  /** Tokens given out; only the last is good. */
  tokens = 0;
  /** Nothing is confirmed while this is false. */
  confirms = true;
  definitionsVersion = 1;
  /** What `initActions` and heartbeats say; null for a server that knows no editions. */
  editions: { loaded: string; beaten: string } | null = null;
  /** The heartbeats as they came. */
  readonly heartbeats: JsonObject[] = [];
  /** In the order of their first arrival. */
  readonly taken = new Map<string, Taken>();
  /** How often each message arrived. */
  readonly arrivals = new Map<string, number>();
  readonly requests: string[] = [];
  counters = { sale: 41, return: 7 };
  /** What increments of a model say. */
  readonly changed = new Map<string, JsonObject[]>();
  /** Answers of queries by the end of the service's name, before all others. */
  readonly queries = new Map<string, (asked: JsonObject) => Json[]>();
  /** PINs by user name; another user is unknown. */
  pins: Record<string, string> = { ana: '1111' };
  serverState = 'online';
  servers: Json[] = [];

  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input as string);
    this.requests.push(`${init?.method ?? 'GET'} ${url.pathname}`);
    if (this.down) {
      return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }));
    }
    const authorization = new Headers(init?.headers).get('authorization');
    const answer = this.#answer(url, (init?.body ?? '') as string, authorization);
    return Promise.resolve(answer);
  };

  /** Ends the sessions that are given out. */
  expireSessions(): void {
    this.tokens += 1;
  }

  /** A new machine in its place: it knows no message. */
  forget(): void {
    this.taken.clear();
  }

  #answer(url: URL, body: string, authorization: string | null): Response {
    const path = url.pathname;
    if (path.endsWith('POSLoginHandler')) return this.#logIn(new URLSearchParams(body));
    if (path.endsWith('loginutils')) return json(this.#loginUtils(url));
    if (path.includes('checkServerAvailability')) return json({ response: { status: 0 } });
    if (authorization !== `Bearer token-${this.tokens}`) {
      return json({ response: { status: -1, error: { message: 'log in' } } }, 401);
    }
    if (path.endsWith('/backroom/heartbeat'))
      return this.#heartbeat(JSON.parse(body) as JsonObject);
    if (path.startsWith(JSONREST)) return this.#jsonrest(path.slice(JSONREST.length), body);
    return json({ response: { status: 0 } });
  }

  #logIn(form: URLSearchParams): Response {
    if (form.get('password') !== this.pins[form.get('user') ?? '']) {
      return json({ showMessage: true, messageTitle: 'No', messageText: 'wrong' });
    }
    this.tokens += 1;
    return json({ showMessage: false, userId: 'U1', authenticationToken: `token-${this.tokens}` });
  }

  #loginUtils(url: URL): JsonObject {
    const command = url.searchParams.get('command');
    if (command === 'userImages') {
      return { data: [{ userId: 'U1', userName: 'ana', name: 'Ana', image: null }] };
    }
    if (command !== 'initActions') return { labels: {}, permissions: [] };
    return {
      ...(this.editions !== null && { definitionsEdition: this.editions.loaded }),
      servers: this.servers,
      services: ['CustomerLoader', 'OrderLoader', 'ProcessCashMgmt', 'ProcessCashClose'].map(
        (name) => ({
          name: `org.openbravo.retail.posterminal.${name}`,
          type: 'Transaction',
          timeout: 10,
        }),
      ),
    };
  }

  #jsonrest(rest: string, body: string): Response {
    const [service = '', parameters] = rest.split('/');
    if (parameters === undefined) return this.#take(service, body);
    const asked = JSON.parse(decodeURIComponent(parameters)) as JsonObject;
    for (const [end, answer] of this.queries) {
      if (service.endsWith(end)) return rows(answer(asked));
    }
    if (service.endsWith('term.Terminal')) return rows(terminalAnswer(terminal, this.counters));
    if (!service.startsWith(MASTER)) return rows([]);
    const model = service.slice(MASTER.length);
    const isFull = asked['lastUpdated'] === null;
    const all = isFull ? rowsFor(model) : (this.changed.get(model) ?? []);
    const offset = asked['_offset'] as number;
    const page = all.slice(offset, offset + (asked['_limit'] as number));
    return rows(page, offset);
  }

  #take(service: string, body: string): Response {
    if (this.refuseWith !== null) return json({ response: { status: -1 } }, this.refuseWith);
    const message = JSON.parse(body) as JsonObject;
    const messageId = message['messageId'] as string;
    this.arrivals.set(messageId, (this.arrivals.get(messageId) ?? 0) + 1);
    if (!this.taken.has(messageId)) this.taken.set(messageId, { service, body, message });
    if (this.losesAnswers) return new Response('Bad Gateway', { status: 502 });
    const digest = createHash('sha256').update(body).digest('hex');
    const receipt = {
      ...{ messageId, digest, terminal: terminal.id, serverKey: 'S1' },
      ...{ serverEpoch: 1, serverSeq: this.taken.size, outcome: 'accepted' },
    };
    return json({ response: { status: 0, result: '0', receipt } });
  }

  #heartbeat(request: JsonObject): Response {
    this.heartbeats.push(request);
    const ask = request['ask'] as string[];
    const known = ask.filter((id) => this.taken.has(id));
    return json({
      response: {
        backroom: 1,
        serverKey: 'S1',
        confirmed: this.confirms ? known : [],
        parked: [],
        unknown: ask.filter((id) => !this.taken.has(id)),
        definitionsVersion: this.definitionsVersion,
        ...(this.editions !== null && { definitionsEdition: this.editions.beaten }),
        serverState: this.serverState,
        time: 0,
      },
    });
  }
}

function rows(data: readonly Json[], startRow = 0): Response {
  const endRow = startRow + data.length - 1;
  return json({ response: { status: 0, data: [...data], startRow, endRow, lastUpdated: 1_000 } });
}

function json(body: JsonObject, status = 200): Response {
  return Response.json(body, { status });
}
