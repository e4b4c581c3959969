import type { HeartbeatAnswer, HeartbeatRequest } from '../server/contract/heartbeat.ts';
import { heartbeatAnswerSchema } from '../server/contract/heartbeat.ts';
import type { JsonObject } from '../server/contract/json.ts';
import type { Reply } from '../server/core/reply.ts';
import { explainFault } from '../server/core/reply.ts';
import { exchange } from './http.ts';
import type { Platform } from './platform.ts';
import type { Route, RouterServer, RoutingTable, TransactionLane } from './routing.ts';
import { failoverOrder, routeFor, serversOffering, tableFor, transactionLanes } from './routing.ts';
import type { ServerHealth } from './server-health.ts';
import { observe, UNSEEN } from './server-health.ts';
import type { Credentials, Session } from './session.ts';
import { refreshedToken, sessionOf } from './session.ts';
import { Sightings } from './sightings.ts';

const JSONREST = 'org.openbravo.mobile.core.service.jsonrest';
const LOGIN_PATH = 'org.openbravo.retail.posterminal/POSLoginHandler';
const LOGOUT_PATH = 'org.openbravo.mobile.core.logout';
const PING_PATH = 'org.openbravo.mobile.core.checkServerAvailability';
const GET_TOKEN = 'org.openbravo.mobile.core.authenticate.GetToken';
const HEARTBEAT_TIMEOUT_MS = 10_000;

export interface RouterOptions {
  platform: Platform;
  /** Where the till was started from, with the context path. */
  origin: string;
  /** Search key of the terminal, which every log-in names. */
  terminalName: string;
}

/** A reply and the server that gave it; none where no server could be tried. */
export interface Routed {
  reply: Reply<JsonObject>;
  server: RouterServer | undefined;
}

/** A request before it has an address. */
interface Request {
  path: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Requests of the log-in carry no session. */
  anonymous?: boolean;
}

/**
 * Finds the server for each request of the till: Fail Over, Transaction, Broadcast and Ping over the
 * servers and services that `initActions` named. It remembers which servers are online, keeps the
 * session good, and never throws for what a network does.
 */
export class RequestRouter {
  readonly #options: RouterOptions;
  readonly #health = new Map<string, ServerHealth>();
  /** Which server answered what, and how long it took to find it. */
  readonly sightings = new Sightings();
  #table: RoutingTable;
  #session: Session | undefined;
  #credentials: Credentials | undefined;
  #renewal: Promise<boolean> | undefined;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#table = tableFor({ servers: [], services: [] }, options.origin);
  }

  /** Takes over the definitions that a server gave; without it, the one at the origin. */
  configure(table: RoutingTable, from?: RouterServer): void {
    this.#table = tableFor(table, from?.address ?? this.#options.origin);
  }

  /** The edition of the definitions that it works with; undefined where no server named one. */
  get definitionsEdition(): string | undefined {
    return this.#table.definitionsEdition;
  }

  get servers(): readonly RouterServer[] {
    return this.#table.servers;
  }

  /** How the server was when it was last seen. */
  healthOf(server: RouterServer): ServerHealth {
    return this.#health.get(server.name) ?? UNSEEN;
  }

  /** Names of the servers that did not answer when they were last called. */
  offline(): string[] {
    return this.servers.filter((each) => !this.healthOf(each).online).map(({ name }) => name);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Fail Over by GET: parameters travel as JSON in the path, as real clients send them. */
  query(service: string, parameters: JsonObject): Promise<Routed> {
    const json = encodeURIComponent(JSON.stringify(parameters));
    return this.#failover(service, { path: `${JSONREST}/${service}/${json}`, method: 'GET' });
  }

  /** Fail Over by GET of a path with its own query, for example `…loginutils?command=…`. */
  get(path: string): Promise<Routed> {
    return this.#failover(path.split('?', 1)[0] ?? path, { path, method: 'GET' });
  }

  /** Fail Over by POST. */
  post(service: string, body: JsonObject): Promise<Routed> {
    return this.#failover(service, {
      path: `${JSONREST}/${service}`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** The lines on which these transactions go; see routing.ts. */
  lanes(services: readonly string[]): TransactionLane[] {
    return transactionLanes(this.#table, services);
  }

  /** How a transaction of this service is routed. */
  routeOf(service: string): Route {
    return routeFor(this.#table, service);
  }

  /** Online servers first, then those that are offline, each in order of priority. */
  inOrder(servers: readonly RouterServer[]): RouterServer[] {
    return failoverOrder(servers, (server) => this.healthOf(server).online);
  }

  /** Transaction: offers a sealed message to one server of a lane. */
  async offer(server: RouterServer, service: string, body: string): Promise<Routed> {
    const headers = { 'content-type': 'application/json' };
    const request = { path: `${JSONREST}/${service}`, method: 'POST', headers, body } as const;
    return { reply: await this.#withSession(server, this.routeOf(service), request), server };
  }

  /** Broadcast: every server that offers the service gets it; what they answer does not matter. */
  async broadcast(path: string): Promise<void> {
    const route = routeFor(this.#table, path);
    const servers = serversOffering(this.#table, route.name);
    await Promise.all(servers.map((server) => this.#call(server, route, { path, method: 'GET' })));
  }

  /** Ping: asks each server that is offline whether it is back. */
  async ping(): Promise<RouterServer[]> {
    const route = routeFor(this.#table, PING_PATH);
    const offline = this.#table.servers.filter((server) => !this.healthOf(server).online);
    const request = { path: PING_PATH, method: 'GET', anonymous: true } as const;
    await Promise.all(offline.map((server) => this.#call(server, route, request)));
    return offline.filter((server) => this.healthOf(server).online);
  }

  /** Tells one server that the till is there, and asks what became of its messages. */
  async heartbeat(
    server: RouterServer,
    request: HeartbeatRequest,
  ): Promise<Reply<HeartbeatAnswer>> {
    const route = {
      name: 'heartbeat',
      routingType: 'Ping',
      timeoutMs: HEARTBEAT_TIMEOUT_MS,
    } as const;
    const reply = await this.#withSession(server, route, {
      path: 'backroom/heartbeat',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    if (reply.kind !== 'answer') return reply;
    const parsed = heartbeatAnswerSchema.safeParse(reply.body['response']);
    if (parsed.success) return { ...reply, body: parsed.data };
    const text = JSON.stringify(reply.body).slice(0, 200);
    return { kind: 'odd', status: reply.status, contentType: 'JSON', text, retryAfterMs: null };
  }

  /** Logs in by Fail Over. Only one server sees the secret; the others take its token. */
  async logIn(
    credentials: Credentials,
  ): Promise<{ ok: true; server: string } | { ok: false; message: string }> {
    const form = new URLSearchParams({
      user: credentials.userName,
      password: credentials.secret,
      terminalName: this.#options.terminalName,
      Command: 'DEFAULT',
      IsAjaxCall: '1',
      appName: 'WebPOS',
    });
    const { reply, server } = await this.#failover(LOGIN_PATH, {
      path: LOGIN_PATH,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      anonymous: true,
    });
    if (reply.kind !== 'answer') return { ok: false, message: explainFault(reply) };
    const session = sessionOf(reply.body, this.#options.platform.clock.nowMs());
    if ('refused' in session) return { ok: false, message: session.refused };
    this.#session = session;
    this.#credentials = credentials;
    return { ok: true, server: server?.name ?? '' };
  }

  /** Gets a new token in place of one that is still good; a log-in where that is refused. */
  renew(): Promise<boolean> {
    this.#renewal ??= this.#renewOnce().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** Tells every server, and forgets the session. */
  async logOut(): Promise<void> {
    if (this.#session === undefined) return;
    await this.broadcast(LOGOUT_PATH);
    this.#session = undefined;
    this.#credentials = undefined;
  }

  async #renewOnce(): Promise<boolean> {
    const route = routeFor(this.#table, GET_TOKEN);
    const request = { path: `${JSONREST}/${GET_TOKEN}/%7B%7D`, method: 'GET' } as const;
    for (const server of this.inOrder(serversOffering(this.#table, route.name))) {
      const reply = await this.#call(server, route, request);
      const token = reply.kind === 'answer' ? refreshedToken(reply.body) : undefined;
      if (token !== undefined && this.#session !== undefined) {
        const sinceMs = this.#options.platform.clock.nowMs();
        this.#session = { ...this.#session, token, sinceMs };
        return true;
      }
      // Refused: the token is too old everywhere.
      if (reply.kind === 'odd' && reply.status === 401) break;
    }
    if (this.#credentials === undefined) return false;
    const again = await this.logIn(this.#credentials);
    if (!again.ok) this.#options.platform.log({ reason: again.message }, 'the session ended');
    return again.ok;
  }

  async #failover(match: string, request: Request): Promise<Routed> {
    const route = routeFor(this.#table, match);
    return this.#firstThatAnswers(serversOffering(this.#table, route.name), route, request);
  }

  /** The first answer that is the request's own affair; a server that cannot be used is passed over. */
  async #firstThatAnswers(
    servers: readonly RouterServer[],
    route: Route,
    request: Request,
  ): Promise<Routed> {
    const message = `no server offers ${route.name}`;
    let routed: Routed = {
      reply: { kind: 'failure', code: 'unreachable', message },
      server: undefined,
    };
    const { clock } = this.#options.platform;
    const attempt = this.sightings.attempt(route);
    for (const server of this.inOrder(servers)) {
      const sinceMs = clock.nowMs();
      routed = { reply: await this.#withSession(server, route, request), server };
      if (!isServersFault(routed.reply)) {
        attempt.answered(server, clock.nowMs());
        break;
      }
      attempt.failed(server, sinceMs);
    }
    return routed;
  }

  /** A session that is not taken (any more) is renewed, and the request asked again once. */
  async #withSession(
    server: RouterServer,
    route: Route,
    request: Request,
  ): Promise<Reply<JsonObject>> {
    const before = this.#session?.token;
    const reply = await this.#call(server, route, request);
    const refused = reply.kind === 'odd' && reply.status === 401 && request.anonymous !== true;
    if (!refused) return reply;
    const isNew = this.#session?.token !== before || (await this.renew());
    return isNew ? this.#call(server, route, request) : reply;
  }

  async #call(server: RouterServer, route: Route, request: Request): Promise<Reply<JsonObject>> {
    const { path, anonymous = false, headers = {}, ...rest } = request;
    const token = anonymous ? undefined : this.#session?.token;
    const reply = await exchange(this.#options.platform, {
      ...rest,
      url: `${server.address}/${path}`,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      deadlineMs: route.timeoutMs,
    });
    this.#see(server, reply);
    return reply;
  }

  #see(server: RouterServer, reply: Reply<JsonObject>): void {
    const before = this.healthOf(server);
    const after = observe(
      before,
      isServersFault(reply) ? { kind: 'failed', error: explainFault(reply) } : { kind: 'answered' },
    );
    this.#health.set(server.name, after);
    if (before.online === after.online) return;
    const { name, address } = server;
    this.#options.platform.log(
      { server: name, address, reason: after.lastError },
      after.online ? 'server is back online' : 'server went offline',
    );
  }
}

/** Whether another server might do better: it is not there, not well, or not the server at all. */
export function isServersFault(
  reply: Reply<JsonObject>,
): reply is Exclude<Reply<never>, { kind: 'answer' }> {
  if (reply.kind === 'failure') return true;
  return reply.kind === 'odd' && (reply.status >= 500 || reply.status < 400);
}
