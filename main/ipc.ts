import { z } from 'zod';
import type { Answer, IpcResult, Payload, RequestName } from '../server/contract/ipc.ts';
import { ipcCallers, ipcChannel } from '../server/contract/ipc.ts';
import { ipcSchemas } from '../server/contract/ipc-schemas.ts';
import { callerOf } from './origin.ts';

/** What main does for each request of the contract. */
export type IpcHandlers = {
  [Name in RequestName]: (payload: Payload<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

/** The part of Electron's `ipcMain` that is used here. */
export interface MainIpc {
  handle(
    channel: string,
    listener: (event: CallEvent, payload: unknown) => Promise<IpcResult<unknown>>,
  ): void;
}

/** The part of the event that tells who asks. The frame is null when its page has gone meanwhile. */
export interface CallEvent {
  senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * Registers a handler for every request of the contract. Each call is checked before it is handled:
 * the page that asks (its origin, and that it is no frame inside another page), then the payload.
 */
export function handleRequests(
  ipc: MainIpc,
  serverOrigin: () => string | null,
  handlers: IpcHandlers,
): void {
  for (const name of Object.keys(ipcCallers) as RequestName[]) {
    // TypeScript cannot see that the payload of a name and the handler of that name belong together.
    const handler = handlers[name] as (payload: unknown) => unknown;
    ipc.handle(ipcChannel(name), async (event, payload) => {
      if (!mayCall(name, event, serverOrigin())) {
        return failure('forbidden', `This page may not ask the shell for "${name}".`);
      }
      const parsed = ipcSchemas[name].payload.safeParse(payload ?? undefined);
      if (!parsed.success) return failure('invalid', z.prettifyError(parsed.error));
      try {
        return { ok: true, value: await handler(parsed.data) };
      } catch (error) {
        console.error(`backroom: "${name}" failed`, error);
        return failure('failed', error instanceof Error ? error.message : String(error));
      }
    });
  }
}

function mayCall(name: RequestName, event: CallEvent, serverOrigin: string | null): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  const caller = callerOf(frame.origin, serverOrigin);
  return caller === 'shell' || (caller === 'screens' && ipcCallers[name] === 'all');
}

function failure(code: 'forbidden' | 'invalid' | 'failed', message: string): IpcResult<never> {
  return { ok: false, error: { code, message } };
}
