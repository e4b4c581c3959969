import { EventEmitter } from 'node:events';

type InvokeHandler = (event: unknown, ...payload: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** What an `invoke` of a page is answered. */
  invoke(channel: string, event: unknown, payload: unknown[]): unknown {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...payload);
  }
}

export const ipcMain = new IpcMain();
