import { createServer, request as callServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a main and makes it slow with messages. */
export interface SlowMain extends AsyncDisposable {
  /** The address under which the main at this one is slow. */
  before(base: string): Promise<string>;
  /** From now on messages are answered late. */
  slowDown(): void;
  /** How often a message was sent to the main. */
  timesSent(messageId: string): number;
}

/** Everything goes through at once, but the answers to messages, which come later by so much. */
export function openSlowMain(delayMs: number): SlowMain {
  const bodies: string[] = [];
  let isSlow = false;
  let target = '';
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isMessages = request.url?.endsWith('/backroom/messages') === true;
    if (isMessages) bodies.push(body.toString('latin1'));
    const { method, headers } = request;
    const options = { ...(method !== undefined && { method }), headers, agent: false };
    const call = callServer(target + (request.url ?? ''), options, (answer) => {
      const send = (): void => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      };
      setTimeout(send, isMessages && isSlow ? delayMs : 0);
    });
    call.on('error', () => response.destroy());
    response.on('error', () => undefined);
    call.end(body);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  return {
    async before(base) {
      target = base;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    slowDown: () => {
      isSlow = true;
    },
    timesSent: (messageId) => bodies.filter((body) => body.includes(messageId)).length,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
