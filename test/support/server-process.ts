import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const START_TIMEOUT_MS = 20_000;

/** A real server process (`backroom serve`), run from the sources under the Node of this test. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  setupCode: string | null;
  /** Everything that it wrote to standard error so far. */
  log(): string;
  /** Sends the signal and resolves with the exit code (null where a signal ended it). */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** How a process that was expected to refuse to start ended. */
export interface RefusedStart {
  exitCode: number | null;
  message: string;
}

const ENTRY = new URL('../../server/cli/backroom.ts', import.meta.url).pathname;

function spawnBackroom(args: readonly string[], nodeArgs: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeArgs, ENTRY, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts `backroom serve` with these options on a free port of the loopback and waits until it listens. */
export async function startServerProcess(options: readonly string[]): Promise<ServerProcess> {
  const port = options.includes('--port') ? [] : ['--port', '0'];
  const child = spawnBackroom(['serve', ...port, ...options]);
  const exited = once(child, 'exit');
  const output = collect(child);
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  const listening = /listens at (\S+)/;
  while (!listening.test(output.stdout())) {
    if (child.exitCode !== null || deadline.aborted) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start:\n${output.stdout()}${output.stderr()}`);
    }
    await Promise.race([output.more(), exited, once(deadline, 'abort')]);
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  return {
    url: listening.exec(output.stdout())![1]!,
    pid: child.pid!,
    setupCode: /works once\): (\S+)/.exec(output.stdout())?.[1] ?? null,
    log: () => output.stderr(),
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

/** Runs the command line and waits for its end: for starts that must be refused with a sentence. */
export async function refusedStart(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<RefusedStart> {
  const child = spawnBackroom(args, nodeArgs);
  const output = collect(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  await once(child, 'close');
  clearTimeout(timer);
  return { exitCode: child.exitCode, message: output.stderr() };
}

function collect(child: ChildProcess): {
  stdout(): string;
  stderr(): string;
  more(): Promise<unknown>;
} {
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { stdout: () => stdout, stderr: () => stderr, more: () => once(child.stdout!, 'data') };
}
