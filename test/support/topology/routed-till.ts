import type { JsonObject } from '../../../server/contract/json.ts';
import { loadDefinitions } from '../../../terminal/bootstrap.ts';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import type { Platform } from '../../../terminal/platform.ts';
import { RequestRouter } from '../../../terminal/request-router.ts';
import type { RouterServer } from '../../../terminal/routing.ts';
import { serversOffering } from '../../../terminal/routing.ts';
import { CASHIER } from './running-estate.ts';

interface Terminal {
  id: string;
  searchKey: string;
}

/** What became of one message of a till. */
export interface Sent {
  messageId: string;
  /** Names of the servers that took it; empty where it stays in the till. */
  takers: string[];
}

/**
 * A till that knows how to reach servers and nothing else: the request router of our tills, which
 * hands each record to the servers of its own service, as the description of the architecture says and
 * other people's clients do. It asks `initActions` where it is opened from; it may work without a log-in.
 */
export class RoutedTill {
  readonly router: RequestRouter;
  readonly #platform: Platform;
  readonly #terminal: Terminal;

  private constructor(pageUrl: string, terminal: Terminal, platform: Platform) {
    this.#platform = platform;
    this.router = new RequestRouter({
      ...{ platform: this.#platform, origin: pageUrl, terminalName: terminal.searchKey },
    });
    this.#terminal = terminal;
  }

  static async open(
    pageUrl: string,
    terminal: Terminal,
    platform = nodePlatform(() => undefined, 1),
  ): Promise<RoutedTill> {
    const till = new RoutedTill(pageUrl, terminal, platform);
    const fault = await loadDefinitions(till.router, terminal.searchKey);
    if (fault !== null) throw new Error(fault.message);
    return till;
  }

  /** Whether a server let the cashier in, and which; else why not. */
  logIn(): ReturnType<RequestRouter['logIn']> {
    return this.router.logIn(CASHIER);
  }

  /** Names of the servers that the till knows, in the order in which it tries them. */
  get servers(): string[] {
    return this.router.servers.map(({ name }) => name);
  }

  /** Servers that the till may hand a call of this service to. */
  offering(service: string): RouterServer[] {
    const table = { servers: [...this.router.servers], services: [] };
    return serversOffering(table, this.router.routeOf(service).name);
  }

  /**
   * Hands a record over: where a store server offers its service, to the first that accepts it, else
   * to every main that offers it.
   */
  send(service: string, record: JsonObject): Promise<Sent> {
    return this.sendTo(this.offering(service), service, record);
  }

  /** The same with servers of the caller's choice. */
  async sendTo(
    servers: readonly RouterServer[],
    service: string,
    record: JsonObject,
  ): Promise<Sent> {
    const messageId = this.#platform.ids.next();
    const body = JSON.stringify({ messageId, data: [record], pos: this.#terminal.id });
    const offering = this.router.inOrder(servers);
    const isOneEnough = offering.some(({ mainServer }) => !mainServer);
    const takers: string[] = [];
    for (const server of offering) {
      const { reply } = await this.router.offer(server, service, body);
      if (reply.kind === 'answer') takers.push(server.name);
      if (isOneEnough && takers.length > 0) break;
    }
    return { messageId, takers };
  }

  /** Whether each server that took the message says that all mains that it is for have it. */
  async isConfirmed({ messageId, takers }: Sent): Promise<boolean> {
    const answers = await Promise.all(
      this.router.servers
        .filter(({ name }) => takers.includes(name))
        .map((server) => this.router.heartbeat(server, this.#beat(messageId))),
    );
    return (
      answers.length > 0 &&
      answers.every((reply) => reply.kind === 'answer' && reply.body.confirmed.includes(messageId))
    );
  }

  #beat(messageId: string): Parameters<RequestRouter['heartbeat']>[1] {
    return { id: this.#terminal.id, ask: [messageId] };
  }
}
