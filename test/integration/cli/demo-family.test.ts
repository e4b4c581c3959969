import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFamily } from '../../../server/cli/demo/family.ts';
import { Interrupted, onStage } from '../../../server/cli/demo/stage.ts';
import { UsageFault } from '../../../server/cli/fault.ts';
import { nodePlatform } from '../../../terminal/node/platform.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { isRunning } from './command.ts';

const { timers } = nodePlatform(() => undefined);
const DEADLINE_MS = 10_000;

const folders: AsyncDisposable[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await folder[Symbol.asyncDispose]();
});

function newFolder(): string {
  const folder = temporaryDirectory();
  folders.push(folder);
  return folder.path;
}

/** A script of a few lines, as a process to start. */
function script(folder: string, name: string, ...lines: string[]) {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, lines.join('\n'));
  return { name, script: pathToFileURL(path) };
}

const echo = ['process.on("message", (message) => process.send({ heard: message }));'];
const isEcho = (message: unknown): message is { heard: { say: string } } =>
  typeof message === 'object' && message !== null && 'heard' in message;

describe('the processes of a run', () => {
  it('answer, and are all gone when the family has ended', async () => {
    const folder = newFolder();
    const family = createFamily(folder, timers);
    const [one, other] = ['one', 'other'].map((name) =>
      family.start(script(folder, name, ...echo)),
    );
    expect(await one!.ask({ say: 'hello' }, isEcho, DEADLINE_MS)).toEqual({
      heard: { say: 'hello' },
    });
    await family.endAll();
    expect([one!.pid, other!.pid].filter(isRunning)).toEqual([]);
    expect(() => family.start(script(folder, 'late', ...echo))).toThrow('the run is ending');
  });

  it('are killed when they do not listen', async () => {
    const folder = newFolder();
    let hurry = false;
    const family = createFamily(folder, {
      ...timers,
      after: (delayMs, run) => timers.after(hurry ? 100 : delayMs, run),
    });
    const deaf = family.start(script(folder, 'deaf', 'process.on("SIGTERM", () => {});', ...echo));
    await deaf.ask({ say: 'ready' }, isEcho, DEADLINE_MS);
    hurry = true;
    await family.endAll();
    expect(isRunning(deaf.pid)).toBe(false);
  });

  it('are reported with what they said last when they end unasked', async () => {
    const folder = newFolder();
    const family = createFamily(folder, timers);
    family.start(script(folder, 'broken', 'console.error("no disk");', 'process.exit(3);'));
    await expect(family.broken).rejects.toThrow(
      /broken ended by itself \(exit code 3\)[^]*no disk/,
    );
  });
});

describe('the stage of a run', () => {
  it.each([
    ['is cleared after it', undefined, false],
    ['stays where the run failed for a reason of its own', new Error('oops'), true],
    ['is cleared where a person can mend it', new UsageFault('wrong file'), false],
    ['is cleared after Ctrl-C', new Interrupted(), false],
  ])('%s', async (_, failure, stays) => {
    vi.stubEnv('TMPDIR', newFolder());
    let folder = '';
    const run = onStage({ name: 'test', keep: false }, (stage) => {
      folder = stage.folder;
      return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
    });
    if (failure === undefined) expect(await run).toBe('done');
    else await expect(run).rejects.toBe(failure);
    expect(existsSync(folder)).toBe(stays);
  });

  it('ends with its processes when a signal comes', async () => {
    vi.stubEnv('TMPDIR', newFolder());
    let pid = 0;
    const run = onStage({ name: 'test', keep: false }, async (stage) => {
      const member = stage.family.start(script(stage.folder, 'echo', ...echo));
      pid = member.pid;
      await member.ask({ say: 'ready' }, isEcho, DEADLINE_MS);
      expect(readFileSync(join(stage.folder, 'echo.log'), 'utf8')).toBe('');
      process.emit('SIGHUP');
      return new Promise<never>(() => undefined);
    });
    await expect(run).rejects.toBeInstanceOf(Interrupted);
    expect(isRunning(pid)).toBe(false);
  });
});
