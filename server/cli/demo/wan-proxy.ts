import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** The wide-area line between a store and its main server, made of loopback TCP: it can be cut and restored. */
export interface WanProxy {
  port: number;
  /**
   * Cuts the line: takes no further byte from the store side, lets the main finish what has reached it,
   * drops its answers, and resets whoever calls. Resolves when nothing can arrive at the main any more,
   * with the number of connections that had to be broken because the main did not finish in time.
   */
  cut(): Promise<{ broken: number }>;
  /** Lets calls through again. */
  restore(): void;
  /** Breaks all connections and stops listening. */
  close(): Promise<void>;
}

/** One call: the store's side and the main's. */
interface Line {
  near: Socket;
  far: Socket;
}

/** How long a main may be silent on a line that is being cut before it is broken. */
const CUT_DEADLINE_MS = 5_000;

/**
 * Opens the line towards a main server on loopback. While it is cut, the port stays taken and calls
 * are reset: a port that was given back could be lost to another program before the line is restored.
 */
export async function openWanProxy(target: { port: number }, port = 0): Promise<WanProxy> {
  const lines = new Set<Line>();
  let isCut = false;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    near.on('error', () => near.destroy());
    if (isCut) near.resetAndDestroy();
    else join(near, target.port, lines);
  });
  await listen(server, port);

  return {
    port: (server.address() as AddressInfo).port,
    cut: async () => {
      isCut = true;
      const outcomes = await Promise.all([...lines].map(cutLine));
      return { broken: outcomes.filter((outcome) => outcome === 'broken').length };
    },
    restore: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const line of lines) {
          line.near.destroy();
          line.far.destroy();
        }
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Joins both sides, half-closes included, so that HTTP sees the same line as without a proxy. */
function join(near: Socket, targetPort: number, lines: Set<Line>): void {
  const far = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
  const line = { near, far };
  lines.add(line);
  far.on('error', () => near.destroy());
  far.on('close', () => {
    lines.delete(line);
    near.destroy();
  });
  near.on('close', () => far.end());
  near.pipe(far);
  far.pipe(near);
}

function cutLine({ near, far }: Line): Promise<'finished' | 'broken'> {
  return new Promise((resolve) => {
    let outcome: 'finished' | 'broken' = 'finished';
    far.on('close', () => resolve(outcome));
    far.setTimeout(CUT_DEADLINE_MS, () => {
      outcome = 'broken';
      far.destroy();
    });
    near.unpipe(far);
    far.unpipe(near);
    near.destroy();
    // The answers go nowhere, but they are read, so that the main gets to its end.
    far.resume();
    far.end();
  });
}
