import type { HeartbeatAnswer, HeartbeatRequest } from '../server/contract/heartbeat.ts';
import { heartbeatAnswerSchema } from '../server/contract/heartbeat.ts';
import type { JsonObject } from '../server/contract/json.ts';
import type { Reply } from '../server/core/reply.ts';
import { explainFault } from '../server/core/reply.ts';
import { Changes } from './changes.ts';
import { exchange } from './http.ts';
import type { Platform } from './platform.ts';
import type { Route, RouterServer, RoutingTable, TransactionLane } from './routing.ts';
import { failoverOrder, routeFor, serversOffering, tableFor, transactionLanes } from './routing.ts';
import type { Seen, ServerHealth } from './server-health.ts';
import { observe, UNSEEN } from './server-health.ts';
import type { Credentials, Session } from './session.ts';
import { refreshedToken, sessionOf } from './session.ts';
import type { LogIn } from './session-keeper.ts';
import { SessionKeeper } from './session-keeper.ts';
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

/** `returned`: a server that was offline answers again. */
export type RouterChange = 'returned' | 'health' | 'session' | 'definitions';

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
  readonly changes = new Changes<RouterChange>();
  readonly #keeper: SessionKeeper;
  #table: RoutingTable;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#keeper = new SessionKeeper(options.platform.clock, {
      logIn: (credentials) => this.#logInAnywhere(credentials),
      refresh: () => this.#refreshAnywhere(),
      changed: () => this.changes.tell('session'),
    });
    this.#table = tableFor({ servers: [], services: [] }, options.origin);
  }

  /** Takes over the definitions that a server gave; without it, the one at the origin. */
  configure(table: RoutingTable, from?: Pick<RouterServer, 'address'>): void {
    this.#table = tableFor(table, from?.address ?? this.#options.origin);
    this.changes.tell('definitions');
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

  /** Names of the servers that others are preferred to, because they failed or have just come back. */
  offline(): string[] {
    return this.servers.filter((each) => !this.healthOf(each).online).map(({ name }) => name);
  }

  get session(): Session | undefined {
    return this.#keeper.session;
  }

  /** Why there is no session, or why it could not be renewed; null while it is good. */
  get sessionFault(): string | null {
    return this.#keeper.fault;
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

  /** Online servers first, then those on their way back, then the others, each in order of priority. */
  inOrder(servers: readonly RouterServer[]): RouterServer[] {
    return failoverOrder(servers, (server) => this.healthOf(server).standing);
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

  /** Ping: asks each server that is not online whether it is back, and tells which answered. */
  async ping(): Promise<RouterServer[]> {
    const away = this.#table.servers.filter((server) => !this.healthOf(server).online);
    const answers = await Promise.all(away.map((server) => this.pingServer(server)));
    return away.filter((_server, index) => answers[index]);
  }

  /** Ping: whether this server answers. */
  async pingServer(server: RouterServer): Promise<boolean> {
    const route = routeFor(this.#table, PING_PATH);
    const request = { path: PING_PATH, method: 'GET', anonymous: true } as const;
    return !isServersFault(await this.#call(server, route, request));
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

  /**
   * Logs in by Fail Over; may be called at any time, also while another is logged in. Only one server
   * sees the secret; the others take its token. `refused`: a server said no, else none could be asked.
   */
  async logIn(
    credentials: Credentials,
  ): Promise<{ ok: true; server: string } | { ok: false; refused: boolean; message: string }> {
    const login = await this.#keeper.logIn(credentials);
    return login.ok ? { ok: true, server: login.server } : login;
  }

  /**
   * Takes over somebody whom the till itself let in while no server answered: they are logged in by
   * {@link mendSession} as soon as one does.
   */
  adopt(credentials: Credentials): void {
    this.#keeper.adopt(credentials);
  }

  /**
   * Gets a new token in place of one that is still good; a log-in where that is refused. One renewal
   * at a time; false where it failed, or where the one before was too short a time ago.
   */
  renew(): Promise<boolean> {
    return this.#keeper.renew();
  }

  /** Tries to renew a session that is not good and might be. Cheap to call often. */
  async mendSession(): Promise<void> {
    if (this.#keeper.isWanting) await this.#keeper.renew();
  }

  /** Tells every server, and forgets the session. */
  async logOut(): Promise<void> {
    if (this.session !== undefined) await this.broadcast(LOGOUT_PATH);
    this.#keeper.clear();
  }

  async #logInAnywhere({ userName, secret }: Credentials): Promise<LogIn> {
    const { platform, terminalName } = this.#options;
    const form = new URLSearchParams({
      ...{ user: userName, password: secret, terminalName },
      ...{ Command: 'DEFAULT', IsAjaxCall: '1', appName: 'WebPOS' },
    });
    const { reply, server } = await this.#failover(LOGIN_PATH, {
      path: LOGIN_PATH,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      anonymous: true,
    });
    if (reply.kind !== 'answer') {
      return { ok: false, refused: !isServersFault(reply), message: explainFault(reply) };
    }
    const session = sessionOf(reply.body, platform.clock.nowMs());
    if ('refused' in session) return { ok: false, refused: true, message: session.refused };
    return { ok: true, session, server: server?.name ?? '' };
  }

  /** Where one server does not take the token, another may: a server that was replaced knows none. */
  async #refreshAnywhere(): Promise<string | undefined> {
    const route = routeFor(this.#table, GET_TOKEN);
    const request = { path: `${JSONREST}/${GET_TOKEN}/%7B%7D`, method: 'GET' } as const;
    for (const server of this.inOrder(serversOffering(this.#table, route.name))) {
      const reply = await this.#call(server, route, request);
      const token = reply.kind === 'answer' ? refreshedToken(reply.body) : undefined;
      if (token !== undefined) return token;
    }
    return undefined;
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
      if (!isAnothersTurn(routed.reply, request.anonymous)) {
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
    const before = this.session?.token;
    const reply = await this.#call(server, route, request);
    if (request.anonymous === true) return reply;
    if (!isSessionRefused(reply)) {
      if (!isServersFault(reply)) this.#keeper.worked(before);
      return reply;
    }
    const isNew = this.session?.token !== before || (await this.renew());
    const again = isNew ? await this.#call(server, route, request) : reply;
    if (!isSessionRefused(again)) return again;
    // A server that does not take a good session is no better than one that is not well.
    const isGood = this.sessionFault === null;
    this.#note(server, isGood ? { kind: 'unwell', error: explainFault(again) } : ANSWERED);
    return again;
  }

  async #call(server: RouterServer, route: Route, request: Request): Promise<Reply<JsonObject>> {
    const { path, anonymous = false, headers = {}, ...rest } = request;
    const token = anonymous ? undefined : this.session?.token;
    const reply = await exchange(this.#options.platform, {
      ...rest,
      url: `${server.address}/${path}`,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      deadlineMs: route.timeoutMs,
    });
    // What a refused session says of the server shows when it was renewed.
    if (token === undefined || !isSessionRefused(reply)) this.#note(server, seenIn(reply));
    return reply;
  }

  #note(server: RouterServer, seen: Seen): void {
    const before = this.healthOf(server);
    const after = observe(before, seen, this.#options.platform.clock.nowMs());
    this.#health.set(server.name, after);
    if (before.standing === after.standing) return;
    const { name, address } = server;
    this.#options.platform.log(
      { server: name, address, reason: after.lastError, stumbles: after.stumbles },
      `server is ${after.standing}`,
    );
    const isBack = before.standing === 'offline';
    this.changes.tell(isBack ? 'returned' : 'health');
  }
}

const ANSWERED: Seen = { kind: 'answered' };

function seenIn(reply: Reply<JsonObject>): Seen {
  if (!isServersFault(reply)) return ANSWERED;
  const isGone = reply.kind === 'failure' && reply.code !== 'timeout';
  return { kind: isGone ? 'gone' : 'unwell', error: explainFault(reply) };
}

/** Whether another server might do better: it is not there, not well, or not the server at all. */
function isServersFault(
  reply: Reply<JsonObject>,
): reply is Exclude<Reply<never>, { kind: 'answer' }> {
  if (reply.kind === 'failure') return true;
  return reply.kind === 'odd' && (reply.status >= 500 || reply.status < 400);
}

/** The same, or it does not take the session, which was renewed if it could be: another may take it. */
export function isAnothersTurn(reply: Reply<JsonObject>, anonymous = false): boolean {
  return isSessionRefused(reply) ? !anonymous : isServersFault(reply);
}

function isSessionRefused(reply: Reply<JsonObject>): reply is Reply<never> & { kind: 'odd' } {
  return reply.kind === 'odd' && reply.status === 401;
}
