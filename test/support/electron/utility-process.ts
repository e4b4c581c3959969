import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

interface ForkOptions {
  stdio?: 'pipe' | 'ignore' | 'inherit';
  env?: NodeJS.ProcessEnv;
  serviceName?: string;
}

/** A plain Node process that, like a utility process, ends with its parent. */
class UtilityProcess extends EventEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #child: ChildProcess;

  constructor(modulePath: string, words: readonly string[], options: ForkOptions) {
    super();
    const stdio = options.stdio ?? 'inherit';
    const companion = new URL('./utility-child.ts', import.meta.url).href;
    this.#child = spawn(process.execPath, ['--import', companion, modulePath, ...words], {
      stdio: ['ignore', stdio, stdio, 'ipc'],
      env: options.env ?? process.env,
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.once('exit', (code, signal) => {
      this.emit('exit', code ?? (signal === null ? 1 : constants.signals[signal]));
    });
  }

  get pid(): number | undefined {
    const { pid, exitCode, signalCode } = this.#child;
    return exitCode === null && signalCode === null ? pid : undefined;
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork: (modulePath: string, words: readonly string[] = [], options: ForkOptions = {}) =>
    new UtilityProcess(modulePath, words, options),
};
