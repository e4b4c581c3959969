import type { ServerProcess } from '../server-process.ts';
import { startServerProcess } from '../server-process.ts';

/** A server of the shop, which comes back at the address that it had. */
export interface ShopServer {
  /** By the name under which its till opens it. */
  readonly url: string;
  /** Starts it where it does not run; with other options from now on, where some are given. */
  start(options?: readonly string[]): Promise<void>;
  /** Starts it with these options too, this once. */
  startWith(more: readonly string[]): Promise<void>;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** What it wrote to its log. */
  log(): string;
}

/** A server on a port of loopback that is started with these options. */
export function shopServer(port: number, options: readonly string[]): ShopServer {
  let running: ServerProcess | undefined;
  let current = options;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await running?.end(signal);
    running = undefined;
  };
  const run = async (more: readonly string[]): Promise<void> => {
    running ??= await startServerProcess([
      ...['--port', String(port), '--log-level', 'warn'],
      ...current,
      ...more,
    ]);
  };
  return {
    url: `http://localhost:${port}`,
    async start(changed = current) {
      current = changed;
      await run([]);
    },
    startWith: run,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => running?.log() ?? '',
  };
}
