import type { HostedServer, ShellStatus } from '../server/contract/ipc-schemas.ts';
import type { Health } from '../server/contract/settings.ts';
import { originOf } from './health.ts';
import type { KeeperParts, ServerKeeper } from './server-process.ts';
import { keepServer } from './server-process.ts';
import type { SettingsFile } from './settings.ts';
import type { ShellSystem } from './system.ts';

export interface ShellParts {
  settings: SettingsFile;
  start: KeeperParts['start'];
  look: (port: number, signal?: AbortSignal) => Promise<Health | undefined>;
  system: ShellSystem;
  /** What the first run proposes; the port is also looked at before anything is set. */
  suggestion: { dataDirectory: string; port: number };
  onStatus: (status: ShellStatus) => void;
}

/** What the shell is doing, apart from how it shows it. */
export interface Shell {
  status: () => ShellStatus;
  /** Where the server is, or will be; null while no port is known. */
  serverOrigin: () => string | null;
  /** Reads the settings and does what they say. Ends first what was under way. */
  begin: () => Promise<void>;
  /** Keeps these settings and begins with them. */
  apply: (server: HostedServer) => Promise<void>;
  /** Puts the broken settings aside and begins anew; returns where they are. */
  reset: () => Promise<string>;
  /** The server that is set, or null before the first run. */
  configured: () => HostedServer | null;
  retryNow: () => void;
  stop: () => Promise<void>;
}

export function createShell(parts: ShellParts): Shell {
  const { settings } = parts;
  let status: ShellStatus = { phase: 'starting' };
  let port: number | null = null;
  let keeper: ServerKeeper | undefined;
  // Beginning and stopping never overlap, so there is never a second keeper.
  const turns = createTurns();

  const setStatus = (next: ShellStatus): void => {
    status = next;
    if (next.phase === 'running' && next.hosted) settings.forgetJoinCode();
    parts.onStatus(next);
  };
  const keep = (atPort: number, server: HostedServer | null): void => {
    port = atPort;
    const { start, look, system } = parts;
    keeper = keepServer({ port: atPort, server, start, look, system, onStatus: setStatus });
  };

  const end = async (): Promise<void> => {
    await keeper?.stop();
    keeper = undefined;
  };
  const beginNow = async (): Promise<void> => {
    await end();
    port = null;
    const reading = settings.read();
    if (reading.state === 'broken') {
      const { settingsPath, problem, contents } = reading;
      setStatus({ phase: 'settings-broken', settingsPath, problem, contents });
      return;
    }
    const { server } = reading.settings;
    if (server !== undefined) {
      keep(server.port, server);
      return;
    }
    // A computer whose server runs as a service needs no settings to show it.
    const { suggestion } = parts;
    if ((await parts.look(suggestion.port)) !== undefined) keep(suggestion.port, null);
    else setStatus({ phase: 'unconfigured', suggestion });
  };
  return {
    status: () => status,
    serverOrigin: () => (port === null ? null : originOf(port)),
    begin: () => turns(beginNow),
    async apply(server) {
      settings.keepServer(server);
      await turns(beginNow);
    },
    async reset() {
      const asidePath = settings.putAside();
      await turns(beginNow);
      return asidePath;
    },
    configured() {
      const reading = settings.read();
      return reading.state === 'good' ? (reading.settings.server ?? null) : null;
    },
    retryNow: () => keeper?.retryNow(),
    stop: () => turns(end),
  };
}

/** Runs what it is given one after the other, whether the one before succeeded or not. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}
