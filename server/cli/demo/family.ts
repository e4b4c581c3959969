import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Timers } from '../../../terminal/platform.ts';

/** How a member of the family is started: a script of ours with arguments, in this Node. */
interface MemberStart {
  name: string;
  script: URL;
  arguments?: readonly string[];
  /** Options of Node itself. */
  nodeOptions?: readonly string[];
}

/** A process of the run. What it prints goes to `<name>.log` in the family's folder. */
export interface Member {
  name: string;
  pid: number;
  /** Sends a command over IPC. */
  tell(command: object): void;
  /**
   * Resolves with the next IPC message that `isAnswer` takes. Rejects when the process ends first, and
   * at the deadline.
   */
  hear<Answer>(
    isAnswer: (message: unknown) => message is Answer,
    deadlineMs: number,
  ): Promise<Answer>;
  /** Tells and hears. */
  ask<Answer>(
    command: object,
    isAnswer: (message: unknown) => message is Answer,
    deadlineMs: number,
  ): Promise<Answer>;
  /** Calls for each IPC message from now on. */
  onMessage(listener: (message: unknown) => void): void;
  /** It ends by itself, having been told to: resolves when it is gone, by force after a while. */
  ended(): Promise<void>;
  /** Ends it with a signal, and resolves when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** The processes of a demonstration: started together, watched, and ended together. */
export interface Family {
  start(start: MemberStart): Member;
  /** Rejects with what happened when a member ends unasked; never resolves. */
  readonly broken: Promise<never>;
  /** Ends all of them; those that do not listen are killed. */
  endAll(): Promise<void>;
}

/** How long a process may take to stop before it is killed. */
const END_DEADLINE_MS = 8_000;
const LOG_LINES_SHOWN = 12;

interface Kept {
  child: ChildProcess;
  gone: Promise<void>;
  ended: { asked: boolean };
}

/** Makes an empty family whose logs go to the folder. */
export function createFamily(folder: string, timers: Timers): Family {
  const members = new Set<Kept>();
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  let ending = false;

  return {
    broken: broken.promise,
    start: (start) => {
      if (ending) throw new Error(`${start.name} is not started: the run is ending`);
      const logPath = join(folder, `${start.name}.log`);
      const kept = launch(start, logPath);
      members.add(kept);
      void kept.gone.then(() => {
        members.delete(kept);
        if (!ending && !kept.ended.asked) {
          broken.reject(new Error(endedUnasked(start.name, kept.child, logPath)));
        }
      });
      return asMember(start.name, kept, timers);
    },
    endAll: async () => {
      ending = true;
      await Promise.all([...members].map((kept) => end(kept, 'SIGTERM', timers)));
    },
  };
}

function launch(start: MemberStart, logPath: string): Kept {
  const log = openSync(logPath, 'a');
  const child = spawn(
    process.execPath,
    [...(start.nodeOptions ?? []), fileURLToPath(start.script), ...(start.arguments ?? [])],
    { stdio: ['ignore', log, log, 'ipc'] },
  );
  closeSync(log);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { child, gone, ended: { asked: false } };
}

function asMember(name: string, kept: Kept, timers: Timers): Member {
  const { child } = kept;
  const tell = (command: object): void => {
    // A process that is gone is noticed as such.
    child.send(command, () => undefined);
  };
  const hear: Member['hear'] = (isAnswer, deadlineMs) =>
    hearFrom(name, kept, timers, isAnswer, deadlineMs);
  return {
    name,
    pid: child.pid ?? -1,
    tell,
    hear,
    ask: (command, isAnswer, deadlineMs) => {
      const heard = hear(isAnswer, deadlineMs);
      tell(command);
      return heard;
    },
    onMessage: (listener) => child.on('message', listener),
    ended: () => end(kept, undefined, timers),
    end: (signal) => end(kept, signal, timers),
  };
}

function hearFrom<Answer>(
  name: string,
  { child, gone }: Kept,
  timers: Timers,
  isAnswer: (message: unknown) => message is Answer,
  deadlineMs: number,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const listen = (message: unknown): void => {
    if (isAnswer(message)) resolve(message);
  };
  const cancel = timers.after(deadlineMs, () => {
    reject(new Error(`${name} did not answer within ${deadlineMs} ms`));
  });
  child.on('message', listen);
  void gone.then(() => reject(new Error(`${name} ended before it answered`)));
  return promise.finally(() => {
    cancel();
    child.off('message', listen);
  });
}

async function end(
  kept: Kept,
  signal: 'SIGTERM' | 'SIGKILL' | undefined,
  timers: Timers,
): Promise<void> {
  kept.ended.asked = true;
  if (signal !== undefined) kept.child.kill(signal);
  const cancel = timers.after(END_DEADLINE_MS, () => kept.child.kill('SIGKILL'));
  await kept.gone;
  cancel();
}

function endedUnasked(name: string, child: ChildProcess, logPath: string): string {
  const how = child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
  return `${name} ended by itself (${how}). The last it said:\n${lines.join('\n')}`;
}
