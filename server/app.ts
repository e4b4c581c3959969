import type { RequestHandler, Router, Response } from 'express';
import express from 'express';
import helmet from 'helmet';
import type { Health } from './contract/settings.ts';
import { CONTEXT_PATH } from './contract/limits.ts';

/** The whole HTTP application: health, mobile services, the Web POS, managers' screens. */
export interface App {
  handler: express.Express;
  /** From now on new requests are answered 503, and event streams end; resolves when none is under way. */
  drain(): Promise<void>;
}

export function createApp(parts: {
  mobile: Router;
  pos: Router;
  manage: Router;
  health: Omit<Health, 'status' | 'product' | 'pid'>;
}): App {
  const handler = express();
  handler.disable('x-powered-by');
  // ETags cost a hash of each answer and tills do not use them.
  handler.disable('etag');
  const gate = createGate();

  handler.get('/healthz', (_request, response) => {
    response.json({ status: 'ok', product: 'backroom', pid: process.pid, ...parts.health });
  });
  handler.get('/readyz', (_request, response) => {
    if (gate.draining()) refuse(response);
    else response.json({ status: 'ready' });
  });
  handler.use(gate.middleware);
  handler.use(CONTEXT_PATH, parts.mobile);
  handler.use('/pos', parts.pos);
  handler.use(helmet({ strictTransportSecurity: false }));
  handler.use('/manage', parts.manage);
  handler.get('/', (_request, response) => response.redirect('/manage/'));
  return { handler, drain: () => gate.drain() };
}

function createGate(): { middleware: RequestHandler; draining(): boolean; drain(): Promise<void> } {
  const underWay = new Set<Response>();
  let empty: (() => void) | undefined;
  return {
    draining: () => empty !== undefined,
    middleware(_request, response, next) {
      if (empty !== undefined) {
        refuse(response);
        return;
      }
      underWay.add(response);
      response.once('close', () => {
        underWay.delete(response);
        if (underWay.size === 0) empty?.();
      });
      next();
    },
    drain() {
      return new Promise((resolve) => {
        empty = resolve;
        for (const response of underWay) if (isEventStream(response)) response.end();
        if (underWay.size === 0) resolve();
      });
    },
  };
}

/** A 503 makes a till keep its message and try again; `Retry-After` covers a restart. */
function refuse(response: Response): void {
  response
    .status(503)
    .set({ 'Retry-After': '5', Connection: 'close' })
    .json({
      response: {
        status: -1,
        error: { message: 'This server is stopping; try again in a moment.' },
      },
    });
}

function isEventStream(response: Response): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}
