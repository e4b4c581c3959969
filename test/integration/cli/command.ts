import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../../server/cli/backroom.ts', import.meta.url));
/** Generous: the machine of a test may be busy with others. */
export const COMMAND_DEADLINE_MS = 110_000;

/** A `backroom` command that runs as a process of its own, from the sources. */
export interface RunningCommand {
  pid: number;
  /** Resolves when standard error has the text; rejects when the command ends before. */
  said(text: string): Promise<void>;
  /** Resolves with how it ended and what it wrote. */
  ended: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a command; it is killed when it takes too long. */
export function startCommand(...args: string[]): RunningCommand {
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_DEADLINE_MS);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(() => {
    clearTimeout(timer);
    return { exitCode: child.exitCode, stdout, stderr };
  });
  return {
    pid: child.pid!,
    ended,
    kill: (signal) => child.kill(signal),
    said: async (text) => {
      while (!stderr.includes(text)) {
        const end = ended.then(() =>
          Promise.reject(new Error(`it ended without "${text}":\n${stderr}`)),
        );
        await Promise.race([once(child.stderr, 'data'), end]);
      }
    },
  };
}

/** The JSON object on the last line of what a command wrote. */
export function lastLine(stdout: string): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/** The processes that a process has started (Linux). */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
