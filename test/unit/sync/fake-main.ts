import type { BatchAnswer, BatchMessage } from '../../../server/contract/batch.ts';
import type { MobileServer } from '../../../server/contract/definitions.ts';
import type {
  HeartbeatAnswer,
  HeartbeatRequest,
  ServerState,
} from '../../../server/contract/heartbeat.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import type { HeldHeartbeats } from '../../../server/sync/held-heartbeats.ts';
import type { Reply, Upstream } from '../../../server/upstream/ports.ts';

export const mainServer: MobileServer = {
  id: 'M',
  key: 'Main',
  name: 'Head office',
  description: '',
  type: 'MAIN',
  url: 'http://127.0.0.1:1/openbravo',
  priority: 1,
  allOrganizations: true,
  organizations: [],
  allServices: true,
  definedServices: 'only',
  services: [],
  active: true,
};

export const cut: Reply<never> = { kind: 'failure', code: 'cut', message: 'the line was cut' };
export const unreachable: Reply<never> = {
  kind: 'failure',
  code: 'unreachable',
  message: 'no connection',
};
export const loginPage: Reply<never> = {
  kind: 'odd',
  status: 200,
  contentType: 'text/html',
  text: '<html>log in</html>',
  retryAfterMs: null,
};

/**
 * A main that keeps a table of ids as real ones do. A script may answer in its place: it gets the
 * messages and gives a reply, or undefined for the main's own.
 */
export class FakeMain implements Upstream {
  readonly calls: string[][] = [];
  /** Ids in the order in which they took effect. */
  readonly applied: string[] = [];
  script: ((ids: readonly string[], call: number) => Reply<never> | undefined) | undefined;
  /** Answers queries; a test of the replicator sets it. */
  answer: (service: string, parameters: JsonObject) => Reply<JsonObject> = () => unreachable;
  up = true;
  backroom = true;
  definitionsVersion = 1;
  beats = 0;
  probes = 0;
  serverKey = mainServer.key;
  /** What it says of itself. */
  serverState: ServerState = 'online';
  /** What it has still to pass on. */
  passingOn: Record<string, number> = {};
  /** What it was told in the newest heartbeat. */
  heard: HeartbeatRequest | undefined;
  #closed: (() => void) | undefined;
  readonly #closing = new Promise<void>((resolve) => {
    this.#closed = resolve;
  });
  /** While set, sending gets no answer until the client is closed. */
  silent = false;

  checkAvailability(): Promise<Reply<{ backroom: boolean }>> {
    this.probes += 1;
    if (!this.up) return Promise.resolve(unreachable);
    const { backroom } = this;
    return Promise.resolve({ kind: 'answer', status: 200, body: { backroom } });
  }

  /** Where set, it holds heartbeats as real mains do; else it answers at once, like one that cannot. */
  held: HeldHeartbeats | undefined;

  async heartbeat(request: HeartbeatRequest): Promise<Reply<HeartbeatAnswer>> {
    this.beats += 1;
    this.heard = request;
    const { hold } = request;
    const hasNews =
      hold?.definitionsVersion !== this.definitionsVersion || hold.serverState !== this.serverState;
    if (this.up) await this.held?.hold(request.id, hasNews ? 0 : hold.forMs);
    if (!this.up) return unreachable;
    const body: HeartbeatAnswer = {
      backroom: 1,
      serverKey: this.serverKey,
      confirmed: [],
      parked: [],
      unknown: [],
      definitionsVersion: this.definitionsVersion,
      serverState: this.serverState,
      reason: 'for a test',
      passingOn: this.passingOn,
      time: 0,
    };
    return { kind: 'answer', status: 200, body };
  }

  async sendBatch(messages: readonly BatchMessage[]): Promise<Reply<BatchAnswer>> {
    const fault = await this.#take(messages);
    if (fault !== undefined) return fault;
    const results = messages.map(({ messageId, digest, terminal }, serverSeq) => {
      const outcome = 'applied' as const;
      const { serverKey } = this;
      return {
        receipt: { messageId, digest, terminal, serverKey, serverEpoch: 1, serverSeq, outcome },
      };
    });
    return { kind: 'answer', status: 200, body: { response: { backroom: 1, results } } };
  }

  async sendOne(message: BatchMessage): Promise<Reply<JsonObject>> {
    const fault = await this.#take([message]);
    return fault ?? { kind: 'answer', status: 200, body: { response: { status: 0, result: '0' } } };
  }

  query(service: string, parameters: JsonObject): Promise<Reply<JsonObject>> {
    return Promise.resolve(this.up ? this.answer(service, parameters) : unreachable);
  }

  close(): Promise<void> {
    this.#closed?.();
    return Promise.resolve();
  }

  async #take(messages: readonly BatchMessage[]): Promise<Reply<never> | undefined> {
    const ids = messages.map(({ messageId }) => messageId);
    this.calls.push(ids);
    if (this.silent) {
      await this.#closing;
      return { kind: 'failure', code: 'aborted', message: 'this server stopped the call' };
    }
    if (!this.up) return unreachable;
    const fault = this.script?.(ids, this.calls.length);
    if (fault !== undefined) return fault;
    this.applied.push(...ids.filter((id) => !this.applied.includes(id)));
    return undefined;
  }
}
