import { utilityProcess } from 'electron';
import type { HostedServer } from '../server/contract/ipc-schemas.ts';
import type { LogFile } from './log-file.ts';
import { serveArguments } from './serve-arguments.ts';
import { lastWords, lineReader, setupCodeIn } from './server-output.ts';
import type { HostedProcess } from './server-process.ts';
import type { ShellSystem } from './system.ts';

/** A little more than the server gives to what is under way, so that it ends by itself. */
const STOP_TIMEOUT_MS = 15_000;
/** A process that has been killed is waited for so long, and then given up. */
const KILL_TIMEOUT_MS = 2_000;

/** What hosting stands on: the server's entry, where its output goes, and time. */
export interface HostParts {
  entryPath: string;
  log: LogFile;
  system: ShellSystem;
}

/** Starts `backroom serve` in Electron's utility process: Node without a window, that ends with the shell. */
export function startServerProcess(
  { entryPath, log, system }: HostParts,
  server: HostedServer,
  onSetupCode: (code: string) => void,
): HostedProcess {
  const child = utilityProcess.fork(entryPath, serveArguments(server), {
    stdio: 'pipe',
    serviceName: 'Backroom server',
  });
  const words = lastWords();
  read(child.stderr, (line) => {
    log.write(line);
    words.hear(line);
  });
  read(child.stdout, (line) => {
    const code = setupCodeIn(line);
    // The code is a secret; the rest of what the server says is not.
    if (code === undefined) log.write(line);
    else onSetupCode(code);
  });
  const ended = new Promise<{ exitCode: number }>((resolve) => {
    child.once('exit', (exitCode) => resolve({ exitCode }));
  });

  return {
    ended,
    pid: () => child.pid,
    lastWords: () => words.text(),
    async stop() {
      const { pid } = child;
      // `child.kill()` gives a process two seconds; the server is promised more to finish in.
      if (pid === undefined) child.kill();
      else signal(pid, 'SIGTERM');
      const over = new AbortController();
      void ended.then(() => over.abort());
      await system.pause(STOP_TIMEOUT_MS, over.signal);
      if (!over.signal.aborted && pid !== undefined) signal(pid, 'SIGKILL');
      await system.pause(KILL_TIMEOUT_MS, over.signal);
    },
  };
}

function read(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  stream?.setEncoding('utf8');
  stream?.on('data', lineReader(onLine));
}

/** A process that has just ended by itself is no error. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
