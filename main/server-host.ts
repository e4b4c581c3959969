import { utilityProcess } from 'electron';
import type { HostedServer } from '../server/contract/ipc-schemas.ts';
import { serveArguments } from './serve-arguments.ts';
import { lastWords, lineReader, setupCodeIn } from './server-output.ts';
import type { HostedProcess } from './server-process.ts';
import type { ShellSystem } from './system.ts';

/** A little more than the server gives to what is under way, so that it ends by itself. */
const STOP_TIMEOUT_MS = 15_000;

/** Starts `backroom serve` in Electron's utility process: Node without a window, that ends with the shell. */
export function startServerProcess(
  entryPath: string,
  system: ShellSystem,
  server: HostedServer,
  onSetupCode: (code: string) => void,
): HostedProcess {
  const child = utilityProcess.fork(entryPath, serveArguments(server), {
    stdio: 'pipe',
    serviceName: 'Backroom server',
  });
  const words = lastWords();
  read(child.stderr, (line) => {
    console.error(line);
    words.hear(line);
  });
  read(child.stdout, (line) => {
    console.log(line);
    const code = setupCodeIn(line);
    if (code !== undefined) onSetupCode(code);
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
      await ended;
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
