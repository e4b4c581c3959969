import { describe, expect, it } from 'vitest';
import type { HostedProcess } from '../../../main/server-process.ts';
import type { SettingsFile, SettingsReading } from '../../../main/settings.ts';
import { createShell } from '../../../main/shell.ts';
import { realSystem } from '../../../main/system.ts';
import type { HostedServer, ShellStatus } from '../../../server/contract/ipc-schemas.ts';
import type { Health } from '../../../server/contract/settings.ts';

const suggestion = { dataDirectory: '/data', port: 8427 };
const main: HostedServer = {
  role: 'main',
  dataDirectory: '/data',
  port: 9000,
  openToNetwork: false,
};

/** A settings file in memory. */
function settingsFile(first: SettingsReading): SettingsFile & { reading: SettingsReading } {
  const file = {
    reading: first,
    read: () => file.reading,
    keepServer(server: HostedServer) {
      file.reading = { state: 'good' as const, settings: { server } };
    },
    forgetJoinCode() {
      if (file.reading.state !== 'good' || file.reading.settings.server === undefined) return;
      const { joinCode: _dropped, ...server } = file.reading.settings.server;
      file.reading = { state: 'good', settings: { server } };
    },
    keepWindow: () => undefined,
    putAside() {
      file.reading = { state: 'good', settings: {} };
      return '/aside.json';
    },
  };
  return file;
}

/** A shell whose servers answer as soon as they are started. */
function shellWith(first: SettingsReading, answering?: Health) {
  const settings = settingsFile(first);
  const statuses: ShellStatus[] = [];
  const alive = new Map<number, Health>();
  if (answering !== undefined) alive.set(suggestion.port, answering);
  let started = 0;
  const shell = createShell({
    settings,
    suggestion,
    system: realSystem,
    look: (port) => Promise.resolve(alive.get(port)),
    onStatus: (status) => statuses.push(status),
    start(server): HostedProcess {
      started += 1;
      const pid = 100 + started;
      const ended = Promise.withResolvers<{ exitCode: number }>();
      alive.set(server.port, healthOf(server.role, pid));
      return {
        ended: ended.promise,
        pid: () => pid,
        lastWords: () => '',
        stop() {
          alive.delete(server.port);
          ended.resolve({ exitCode: 0 });
          return Promise.resolve();
        },
      };
    },
  });
  const until = (phase: ShellStatus['phase']) =>
    expect.poll(() => shell.status().phase).toBe(phase);
  return { shell, settings, statuses, alive, until, started: () => started };
}

function healthOf(role: 'store' | 'main', pid: number): Health {
  return { status: 'ok', product: 'backroom', role, serverKey: 'Main', version: '1', pid };
}

const empty: SettingsReading = { state: 'good', settings: {} };
const broken: SettingsReading = {
  state: 'broken',
  settingsPath: '/settings.json',
  problem: 'no JSON',
  contents: '{',
};

describe('the shell', () => {
  it('waits for the first run where nothing is set and nothing runs', async () => {
    const { shell } = shellWith(empty);
    await shell.begin();
    expect(shell.status()).toEqual({ phase: 'unconfigured', suggestion });
    expect(shell.serverOrigin()).toBeNull();
  });

  it('shows a server that runs already where nothing is set', async () => {
    const { shell, until, started } = shellWith(empty, healthOf('store', 7));
    await shell.begin();
    await until('running');
    expect(shell.serverOrigin()).toBe('http://127.0.0.1:8427');
    await shell.stop();
    expect(started()).toBe(0);
  });

  it('keeps the settings of the first run, starts, and forgets the join code', async () => {
    const { shell, settings, until } = shellWith(empty);
    await shell.begin();
    await shell.apply({ ...main, joinCode: 'ABCD' });
    await until('running');
    expect(shell.serverOrigin()).toBe('http://127.0.0.1:9000');
    expect(settings.reading).toEqual({ state: 'good', settings: { server: main } });
    await shell.stop();
  });

  it('starts nothing with broken settings until they are put aside', async () => {
    const { shell, started } = shellWith(broken);
    await shell.begin();
    expect(shell.status()).toMatchObject({ phase: 'settings-broken', problem: 'no JSON' });
    expect(shell.configured()).toBeNull();
    expect(await shell.reset()).toBe('/aside.json');
    expect(shell.status().phase).toBe('unconfigured');
    expect(started()).toBe(0);
  });

  it('never has two servers, however fast it is asked', async () => {
    const { shell, alive, until } = shellWith({ state: 'good', settings: { server: main } });
    void shell.begin();
    void shell.apply({ ...main, port: 9001 });
    await shell.apply({ ...main, port: 9002 });
    await until('running');
    expect([...alive.keys()]).toEqual([9002]);
    const stopping = shell.begin();
    await shell.stop();
    await stopping;
    expect([...alive.keys()]).toEqual([]);
  });
});
