import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Timers } from '../../system/ports.ts';

/** How a member of the family is started: a script of ours with arguments, in this Node. */
export interface MemberStart {
  name: string;
  script: URL;
  arguments?: readonly string[];
  /** Options of Node itself. */
  nodeOptions?: readonly string[];
}

/** A process of the demonstration. What it prints goes to `<name>.log` in the family's folder. */
export interface Member {
  name: string;
  pid: number;
  /**
   * Sends a command over IPC and resolves with the first message that `isAnswer` takes. Rejects when
   * the process ends first, or at the deadline.
   */
  ask<Answer>(
    command: object,
    isAnswer: (message: unknown) => message is Answer,
    deadlineMs: number,
  ): Promise<Answer>;
  /** Calls for each IPC message from now on; returns the way to stop. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Ends it with a signal that was asked for, and resolves when it is gone. */
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
  const onMessage = (listener: (message: unknown) => void): (() => void) => {
    child.on('message', listener);
    return () => child.off('message', listener);
  };
  return {
    name,
    pid: child.pid ?? -1,
    onMessage,
    end: (signal) => end(kept, signal, timers),
    ask: (command, isAnswer, deadlineMs) =>
      ask(name, kept, timers, { command, isAnswer, deadlineMs }),
  };
}

function ask<Answer>(
  name: string,
  { child, gone }: Kept,
  timers: Timers,
  question: {
    command: object;
    isAnswer: (message: unknown) => message is Answer;
    deadlineMs: number;
  },
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const listen = (message: unknown): void => {
    if (question.isAnswer(message)) resolve(message);
  };
  const cancel = timers.after(question.deadlineMs, () => {
    const asked = JSON.stringify(question.command).slice(0, 200);
    reject(new Error(`${name} did not answer ${asked} within ${question.deadlineMs} ms`));
  });
  child.on('message', listen);
  void gone.then(() => reject(new Error(`${name} ended before it answered`)));
  child.send(question.command, (error) => {
    if (error) reject(error);
  });
  return promise.finally(() => {
    cancel();
    child.off('message', listen);
  });
}

async function end(kept: Kept, signal: 'SIGTERM' | 'SIGKILL', timers: Timers): Promise<void> {
  kept.ended.asked = true;
  kept.child.kill(signal);
  const cancel = timers.after(END_DEADLINE_MS, () => kept.child.kill('SIGKILL'));
  await kept.gone;
  cancel();
}

function endedUnasked(name: string, child: ChildProcess, logPath: string): string {
  const how = child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
  const lines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN);
  return `${name} ended by itself (${how}). The last it said:\n${lines.join('\n')}`;
}
