import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtime } from './runtime.ts';

/** Tells the first instance that a second one was started. */
const SIGNAL = 'SIGUSR2';

/**
 * Takes the lock of this folder: a file with the owner's process id. Where a living process has it,
 * that one hears of the second instance, and the answer is false.
 */
export function takeInstanceLock(
  directory: string,
  onSecondInstance: (commandLine: string[]) => void,
): boolean {
  mkdirSync(directory, { recursive: true });
  const lockPath = join(directory, 'stand-in-instance.pid');
  const commandLinePath = join(directory, 'stand-in-second-instance.json');
  const owner = ownerOf(lockPath);
  if (owner !== undefined) {
    writeFileSync(commandLinePath, JSON.stringify(runtime().commandLine));
    process.kill(owner, SIGNAL);
    return false;
  }
  writeFileSync(lockPath, String(process.pid));
  process.on(SIGNAL, () => {
    onSecondInstance(JSON.parse(readFileSync(commandLinePath, 'utf8')) as string[]);
  });
  process.on('exit', () => rmSync(lockPath, { force: true }));
  return true;
}

/** The living process that has the lock, if any. */
function ownerOf(lockPath: string): number | undefined {
  try {
    const pid = Number(readFileSync(lockPath, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
