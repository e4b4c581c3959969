/** Parameters and results of the DevTools protocol; each caller knows the shape that it asks for. */
export type CdpObject = Record<string, unknown>;

type Listener = (parameters: CdpObject) => void;

interface Message {
  id?: number;
  method?: string;
  params?: CdpObject;
  result?: CdpObject;
  error?: { message: string };
  sessionId?: string;
}

/** A connection to Chromium's DevTools. Commands and events of one page carry its session. */
export class CdpConnection {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<CdpObject>>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;

  static async connect(url: string): Promise<CdpConnection> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error(`No DevTools at ${url}`)), {
        once: true,
      });
    });
    return new CdpConnection(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      this.#receive(JSON.parse(String(event.data)) as Message);
    });
    socket.addEventListener('close', () => {
      for (const command of this.#waiting.values()) command.reject(new Error('Chromium has ended'));
      this.#waiting.clear();
    });
  }

  send<Result extends CdpObject>(
    method: string,
    parameters: CdpObject = {},
    sessionId?: string,
  ): Promise<Result> {
    this.#lastId += 1;
    const command = Promise.withResolvers<CdpObject>();
    this.#waiting.set(this.#lastId, command);
    this.#socket.send(JSON.stringify({ id: this.#lastId, method, params: parameters, sessionId }));
    return command.promise as Promise<Result>;
  }

  /** Calls back on every such event of this session, or of the browser where none is given. */
  on(method: string, listener: Listener, sessionId = ''): void {
    const key = `${sessionId} ${method}`;
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      const key = `${message.sessionId ?? ''} ${message.method ?? ''}`;
      for (const listener of this.#listeners.get(key) ?? []) listener(message.params ?? {});
      return;
    }
    const command = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error !== undefined) command?.reject(new Error(message.error.message));
    else command?.resolve(message.result ?? {});
  }
}
