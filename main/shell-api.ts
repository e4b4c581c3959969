import type { EventName, EventValue, RequestName, ShellApi } from '../server/contract/ipc.ts';
import { ipcCallers, ipcChannel, ipcEventNames } from '../server/contract/ipc.ts';

/** The part of Electron's `ipcRenderer` that the API stands on. */
export interface PageIpc {
  invoke(channel: string, payload: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, value: unknown) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, value: unknown) => void): unknown;
}

/** The API of the pages, one function for each request of the contract. Main answers and checks. */
export function createShellApi(ipc: PageIpc): ShellApi {
  const requests = Object.fromEntries(
    (Object.keys(ipcCallers) as RequestName[]).map((name) => [
      name,
      (payload: unknown) => ipc.invoke(ipcChannel(name), payload),
    ]),
  );
  return {
    ...requests,
    on<Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void) {
      // The page chooses the name; only those of the contract become channels.
      if (!ipcEventNames.includes(name)) throw new TypeError(`There is no event "${name}".`);
      const hear = (_event: unknown, value: unknown): void => listener(value as EventValue<Name>);
      ipc.on(ipcChannel(name), hear);
      return () => {
        ipc.removeListener(ipcChannel(name), hear);
      };
    },
  } as ShellApi;
}
