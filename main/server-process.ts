import type { HostedServer, ServerTrouble, ShellStatus } from '../server/contract/ipc-schemas.ts';
import type { Health } from '../server/contract/settings.ts';
import { originOf } from './health.ts';
import { restartDelayMs } from './restart-delay.ts';
import type { ShellSystem } from './system.ts';

/** A first start makes the database and joins the main, so it may take a while. */
const START_TIMEOUT_MS = 90_000;
const LOOK_AGAIN_MS = 150;
/** How often a server that the shell did not start is looked at, and how many misses mean it is gone. */
const FOLLOW_INTERVAL_MS = 2_000;
const MISSES_UNTIL_GONE = 3;
/** A server that ran this long was sound: the next failure is counted as the first. */
const SOUND_RUN_MS = 60_000;

/** A server process that the shell has started. */
export interface HostedProcess {
  /** Resolves when the process has ended. Never rejects. */
  readonly ended: Promise<{ exitCode: number }>;
  /** The operating system's id; undefined until the process exists. */
  pid(): number | undefined;
  /** What it wrote last for people to read. */
  lastWords(): string;
  /** Asks it to end, and ends it after a deadline. Resolves when it has ended. */
  stop(): Promise<void>;
}

export interface KeeperParts {
  port: number;
  /** What to host where no server answers; null: only show a server that somebody else runs. */
  server: HostedServer | null;
  start: (server: HostedServer, onSetupCode: (code: string) => void) => HostedProcess;
  look: (port: number, signal: AbortSignal) => Promise<Health | undefined>;
  system: ShellSystem;
  onStatus: (status: ShellStatus) => void;
}

export interface ServerKeeper {
  /** Ends a wait between two attempts. */
  retryNow(): void;
  /** Ends the server if it is hosted here, and everything else. Resolves when nothing is left. */
  stop(): Promise<void>;
}

/** One attempt that came to an end by itself: why, and how long the server had answered before. */
interface Failure {
  trouble: ServerTrouble;
  ranMs: number;
}

/**
 * Keeps a server at the port: attaches to one that runs, else hosts one; when it ends, says why,
 * waits and begins again. Status goes starting → running → waiting → starting …, and ends with
 * stopping.
 */
export function keepServer(parts: KeeperParts): ServerKeeper {
  const { system } = parts;
  const ending = new AbortController();
  let waiting = new AbortController();

  const run = async (): Promise<void> => {
    let failures = 0;
    for (;;) {
      const failure = await attempt(parts, ending.signal);
      if (ending.signal.aborted || failure === undefined) return;
      failures = failure.ranMs >= SOUND_RUN_MS ? 1 : failures + 1;
      const delayMs = restartDelayMs(failures, system.chance());
      waiting = new AbortController();
      const retryAt = new Date(system.nowMs() + delayMs).toISOString();
      parts.onStatus({ phase: 'waiting', trouble: failure.trouble, failures, retryAt });
      await system.pause(delayMs, AbortSignal.any([ending.signal, waiting.signal]));
    }
  };
  const finished = run();

  return {
    retryNow: () => waiting.abort(),
    async stop() {
      if (!ending.signal.aborted) parts.onStatus({ phase: 'stopping' });
      ending.abort();
      await finished;
    },
  };
}

/** Undefined where it was ended from outside. */
async function attempt(parts: KeeperParts, ending: AbortSignal): Promise<Failure | undefined> {
  parts.onStatus({ phase: 'starting' });
  const found = await parts.look(parts.port, ending);
  if (ending.aborted) return undefined;
  if (found === undefined) {
    if (parts.server === null) return { trouble: { code: 'gone' }, ranMs: 0 };
    return host(parts, parts.server, ending);
  }
  const other = otherServer(parts, found);
  if (other !== undefined) return { trouble: other, ranMs: 0 };
  return follow(parts, found, ending);
}

/** Screens of another server than the settings name would mislead whoever works at this computer. */
function otherServer(parts: KeeperParts, found: Health): ServerTrouble | undefined {
  if (parts.server === null) return undefined;
  const { role, serverKey } = parts.server;
  if (found.role === role && (serverKey === undefined || found.serverKey === serverKey)) {
    return undefined;
  }
  return {
    code: 'other-server',
    port: parts.port,
    found: { role: found.role, serverKey: found.serverKey },
    expected: { role, serverKey },
  };
}

/** Watches a server that somebody else runs, until it no longer answers. */
async function follow(
  parts: KeeperParts,
  found: Health,
  ending: AbortSignal,
): Promise<Failure | undefined> {
  const sinceMs = parts.system.monotonicMs();
  parts.onStatus(runningStatus(parts.port, found, { hosted: false, setupCode: null }));
  for (let misses = 0; misses < MISSES_UNTIL_GONE;) {
    await parts.system.pause(FOLLOW_INTERVAL_MS, ending);
    const health = await parts.look(parts.port, ending);
    if (ending.aborted) return undefined;
    misses = health === undefined ? misses + 1 : 0;
  }
  return { trouble: { code: 'gone' }, ranMs: parts.system.monotonicMs() - sinceMs };
}

/** Starts a server and stays with it until it ends. */
async function host(
  parts: KeeperParts,
  server: HostedServer,
  ending: AbortSignal,
): Promise<Failure | undefined> {
  const { system } = parts;
  let setupCode: string | null = null;
  let health: Health | undefined;
  const report = (): void => {
    if (health === undefined || ending.aborted) return;
    parts.onStatus(runningStatus(parts.port, health, { hosted: true, setupCode }));
  };
  const child = parts.start(server, (code) => {
    setupCode = code;
    report();
  });
  const over = new AbortController();
  void child.ended.then(() => over.abort());
  const endingOrOver = AbortSignal.any([ending, over.signal]);

  health = await waitUntilReady(parts, child, endingOrOver);
  const sinceMs = system.monotonicMs();
  report();
  if (health !== undefined) await aborted(endingOrOver);
  const answered = health !== undefined;
  // A late set-up code must not bring a server back that has ended.
  health = undefined;
  if (over.signal.aborted) {
    if (ending.aborted) return undefined;
    const { exitCode } = await child.ended;
    const ranMs = answered ? system.monotonicMs() - sinceMs : 0;
    return { trouble: { code: 'ended', exitCode, lastWords: child.lastWords() }, ranMs };
  }
  await child.stop();
  if (ending.aborted) return undefined;
  const waitedMs = START_TIMEOUT_MS;
  return { trouble: { code: 'silent', waitedMs, lastWords: child.lastWords() }, ranMs: 0 };
}

/** Undefined where it ended or took too long. */
async function waitUntilReady(
  parts: KeeperParts,
  child: HostedProcess,
  endingOrOver: AbortSignal,
): Promise<Health | undefined> {
  const { system } = parts;
  const deadlineMs = system.monotonicMs() + START_TIMEOUT_MS;
  while (system.monotonicMs() < deadlineMs) {
    const health = await parts.look(parts.port, endingOrOver);
    if (endingOrOver.aborted) return undefined;
    // Another server may have taken the port in between; ours will then end and say so.
    if (health !== undefined && health.pid === child.pid()) return health;
    await system.pause(LOOK_AGAIN_MS, endingOrOver);
  }
  return undefined;
}

function runningStatus(
  port: number,
  health: Health,
  own: { hosted: boolean; setupCode: string | null },
): ShellStatus {
  const { role, serverKey, version } = health;
  return { phase: 'running', origin: originOf(port), role, serverKey, version, ...own };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
