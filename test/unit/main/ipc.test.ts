import { describe, expect, it, vi } from 'vitest';
import type { CallEvent, IpcHandlers } from '../../../main/ipc.ts';
import { handleRequests } from '../../../main/ipc.ts';
import type { PageIpc } from '../../../main/shell-api.ts';
import { createShellApi } from '../../../main/shell-api.ts';
import type { IpcResult, RequestName, ShellApi } from '../../../server/contract/ipc.ts';
import { ipcCallers, ipcChannel } from '../../../server/contract/ipc.ts';
import type { ShellStatus } from '../../../server/contract/ipc-schemas.ts';

const SERVER = 'http://127.0.0.1:8427';
const SHELL = 'app://backroom';
const starting: ShellStatus = { phase: 'starting' };

type Listener = (event: CallEvent, payload: unknown) => Promise<IpcResult<unknown>>;

/** Main's handlers and a page's API, joined by an IPC that passes JSON. */
function joined(overrides: Partial<IpcHandlers> = {}) {
  const handlers: IpcHandlers = {
    readStatus: () => starting,
    showSyncState: vi.fn(),
    readSettings: () => null,
    applySettings: vi.fn(),
    reloadSettings: vi.fn(),
    resetSettings: () => '/aside.json',
    chooseFolder: (from) => `${from}/chosen`,
    retryNow: vi.fn(),
    openScreens: vi.fn(),
    ...overrides,
  };
  const listeners = new Map<string, Listener>();
  handleRequests(
    { handle: (channel, listener) => void listeners.set(channel, listener) },
    () => SERVER,
    handlers,
  );
  const heard = new Map<string, Set<(event: unknown, value: unknown) => void>>();
  const apiOf = (frame: CallEvent['senderFrame']): ShellApi => {
    const ipc: PageIpc = {
      invoke(channel, payload) {
        const listener = listeners.get(channel);
        if (listener === undefined) throw new Error(`nobody handles ${channel}`);
        const sent =
          payload === undefined ? undefined : (JSON.parse(JSON.stringify(payload)) as unknown);
        return listener({ senderFrame: frame }, sent);
      },
      on: (channel, listener) =>
        heard.set(channel, (heard.get(channel) ?? new Set()).add(listener)),
      removeListener: (channel, listener) => heard.get(channel)?.delete(listener),
    };
    return createShellApi(ipc);
  };
  const tell = (channel: string, value: unknown): void => {
    for (const listener of heard.get(channel) ?? []) listener({}, value);
  };
  return { handlers, tell, apiAt: (origin: string) => apiOf({ origin, parent: null }), apiOf };
}

describe('the contract between the shell and its pages', () => {
  it('gives a page one function for each request, and main answers every one', async () => {
    const { apiAt, handlers } = joined();
    const api = apiAt(SHELL);
    expect(await api.readStatus()).toEqual({ ok: true, value: starting });
    expect(await api.chooseFolder('/data')).toEqual({ ok: true, value: '/data/chosen' });
    expect(await api.resetSettings()).toEqual({ ok: true, value: '/aside.json' });
    await api.retryNow();
    expect(handlers.retryNow).toHaveBeenCalledOnce();
  });

  it.each([
    ['another server of this computer', 'http://127.0.0.1:8428'],
    ['the same port under another name', 'http://localhost:8427'],
    ['a site', 'https://backroom.example.com'],
    ['another host of the scheme', 'app://elsewhere'],
    ['a page without an origin', 'null'],
  ])('refuses %s everything', async (_name, origin) => {
    const { apiAt } = joined();
    const api = apiAt(origin) as unknown as Record<RequestName, () => Promise<unknown>>;
    for (const name of Object.keys(ipcCallers) as RequestName[]) {
      expect(await api[name]()).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
  });

  it('lets the screens do what every page may, and no more', async () => {
    const { apiAt, handlers } = joined();
    const api = apiAt(SERVER) as unknown as Record<
      RequestName,
      (p?: unknown) => Promise<IpcResult<unknown>>
    >;
    const allowed = [];
    for (const name of Object.keys(ipcCallers) as RequestName[]) {
      const result = await api[name]();
      if (result.ok || result.error.code !== 'forbidden') allowed.push(name);
    }
    expect(allowed).toEqual(['readStatus', 'showSyncState']);
    expect(handlers.applySettings).not.toHaveBeenCalled();
  });

  it('refuses a frame inside a page, and a page that has gone', async () => {
    const { apiOf } = joined();
    for (const frame of [{ origin: SHELL, parent: {} }, null]) {
      expect(await apiOf(frame).readStatus()).toMatchObject({ error: { code: 'forbidden' } });
    }
  });

  it('checks what travels before main sees it', async () => {
    const { apiAt, handlers } = joined();
    const api = apiAt(SHELL);
    const result = await api.applySettings({
      role: 'store',
      dataDirectory: '/data',
      port: 8427,
      openToNetwork: false,
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(result.ok ? '' : result.error.message).toContain('serverKey');
    expect(await api.showSyncState('x'.repeat(121))).toMatchObject({ error: { code: 'invalid' } });
    expect(handlers.applySettings).not.toHaveBeenCalled();
    expect(handlers.showSyncState).not.toHaveBeenCalled();
  });

  it('brings an error over as a value', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const { apiAt } = joined({
      resetSettings() {
        throw new Error('The file may not be renamed.');
      },
    });
    expect(await apiAt(SHELL).resetSettings()).toEqual({
      ok: false,
      error: { code: 'failed', message: 'The file may not be renamed.' },
    });
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it('tells a page of events until it no longer wants to hear', () => {
    const { apiAt, tell } = joined();
    const listener = vi.fn();
    const stop = apiAt(SHELL).on('statusChanged', listener);
    tell(ipcChannel('statusChanged'), starting);
    stop();
    tell(ipcChannel('statusChanged'), { phase: 'stopping' });
    expect(listener.mock.calls).toEqual([[starting]]);
  });

  it('has no events but those of the contract', () => {
    const { apiAt } = joined();
    expect(() => apiAt(SHELL).on('readStatus' as 'statusChanged', () => undefined)).toThrow(
      'no event "readStatus"',
    );
  });
});
