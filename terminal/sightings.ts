import type { Route, RouterServer } from './routing.ts';

/** What a person asks of a till: which server answers the log-in, the searches, the tickets? */
export const WATCHED = {
  logIn: 'org.openbravo.retail.posterminal/POSLoginHandler',
  products: 'org.openbravo.retail.posterminal.master.Product',
  customers: 'org.openbravo.retail.posterminal.master.BusinessPartner',
  tickets: 'org.openbravo.retail.posterminal.OrderLoader',
} as const;
export type WatchedCall = keyof typeof WATCHED;

/** A call that one server did not answer and another did. */
export interface FailOver {
  /** Name of the service under which the call was routed. */
  service: string;
  /** The first server that did not answer, and the one that did; by name. */
  from: string;
  to: string;
  /** From the beginning of the first try to the answer. */
  tookMs: number;
  /** How long one server may take to answer. */
  timeoutMs: number;
}

/** The lane of what is called without one. */
const NO_LANE = '';

/** Fail-overs that are remembered. */
const MOST_FAIL_OVERS = 100;

/** What the till has seen of its servers while it called them. */
export class Sightings {
  readonly #answered = new Map<string, Map<string, string>>();
  #failOvers: FailOver[] = [];

  /**
   * Begins a call that may need several servers. `lane` tells calls of one service apart that go to
   * several servers on purpose.
   */
  attempt(route: Route, lane = NO_LANE): Attempt {
    return new Attempt(route, {
      answered: (server) => {
        const lanes = this.#answered.get(route.name) ?? new Map<string, string>();
        this.#answered.set(route.name, lanes.set(lane, server));
      },
      failedOver: (failOver) => {
        this.#failOvers = [...this.#failOvers, failOver].slice(-MOST_FAIL_OVERS);
      },
    });
  }

  /** Which servers answered the service when it was last called: one for each lane; none before. */
  answeredBy(service: string): string[] {
    return [...(this.#answered.get(service)?.values() ?? [])];
  }

  /** The same for each call that a person asks about. */
  watched(): Record<WatchedCall, string[]> {
    return {
      logIn: this.answeredBy(WATCHED.logIn),
      products: this.answeredBy(WATCHED.products),
      customers: this.answeredBy(WATCHED.customers),
      tickets: this.answeredBy(WATCHED.tickets),
    };
  }

  /** The newest fail-overs, oldest first. */
  get failOvers(): readonly FailOver[] {
    return this.#failOvers;
  }

  /**
   * The lanes changed: nobody is said to answer a service any more on a lane that does not take it. What
   * was called outside of lanes stays.
   */
  keepLanes(takes: (lane: string, service: string) => boolean): void {
    for (const [service, lanes] of this.#answered) {
      for (const lane of lanes.keys()) {
        if (lane !== NO_LANE && !takes(lane, service)) lanes.delete(lane);
      }
    }
  }
}

/** One call on its way from server to server. */
export class Attempt {
  readonly #route: Route;
  readonly #tell: {
    answered: (server: string) => void;
    failedOver: (failOver: FailOver) => void;
  };
  #first: { server: string; sinceMs: number } | undefined;

  constructor(
    route: Route,
    tell: { answered: (server: string) => void; failedOver: (failOver: FailOver) => void },
  ) {
    this.#route = route;
    this.#tell = tell;
  }

  /** The server could not be used; it was asked at `sinceMs`. */
  failed(server: RouterServer, sinceMs: number): void {
    this.#first ??= { server: server.name, sinceMs };
  }

  /** The server answered: the call is over, whatever the answer. */
  answered(server: RouterServer, nowMs: number): void {
    this.#tell.answered(server.name);
    const first = this.#first;
    this.#first = undefined;
    if (first === undefined || first.server === server.name) return;
    const { name: service, timeoutMs } = this.#route;
    const tookMs = nowMs - first.sinceMs;
    this.#tell.failedOver({ service, from: first.server, to: server.name, tookMs, timeoutMs });
  }
}
