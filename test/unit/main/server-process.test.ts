import { describe, expect, it } from 'vitest';
import type { HostedProcess, KeeperParts } from '../../../main/server-process.ts';
import { keepServer } from '../../../main/server-process.ts';
import type { HostedServer, ShellStatus } from '../../../server/contract/ipc-schemas.ts';
import type { Health } from '../../../server/contract/settings.ts';

const PORT = 8427;
const settings: HostedServer = {
  role: 'main',
  dataDirectory: '/data',
  port: PORT,
  openToNetwork: false,
};

function health(pid: number, over: Partial<Health> = {}): Health {
  const own = { status: 'ok', product: 'backroom', version: '1.0.0' } as const;
  return { ...own, role: 'main', serverKey: 'Main', pid, ...over };
}

/** A process that ends when the test says so. */
class FakeProcess implements HostedProcess {
  readonly #ended = Promise.withResolvers<{ exitCode: number }>();
  readonly #pid: number;
  readonly giveSetupCode: (code: string) => void;
  isStopped = false;

  constructor(pid: number, giveSetupCode: (code: string) => void) {
    this.#pid = pid;
    this.giveSetupCode = giveSetupCode;
  }

  get ended(): Promise<{ exitCode: number }> {
    return this.#ended.promise;
  }

  pid(): number {
    return this.#pid;
  }

  lastWords(): string {
    return 'the last words';
  }

  end(exitCode: number): void {
    this.#ended.resolve({ exitCode });
  }

  stop(): Promise<void> {
    this.isStopped = true;
    this.end(0);
    return Promise.resolve();
  }
}

/** A computer with a clock that pauses move on, and a port that the test serves. */
function computer(over: Partial<KeeperParts> = {}) {
  const statuses: ShellStatus[] = [];
  const processes: FakeProcess[] = [];
  const waits: { delayMs: number; finish: () => void }[] = [];
  const waiters = new Set<() => void>();
  let nowMs = 0;
  const computer = {
    answering: undefined as Health | undefined,
    /** A started process answers at once; else it stays silent. */
    answersWhenStarted: true,
    /** Long pauses wait for the test, short ones pass at once. */
    holdsPausesOver: 500,
    statuses,
    processes,
    waits,
    /** Waits until the last status has this phase. */
    until: (phase: ShellStatus['phase']) =>
      new Promise<ShellStatus>((resolve) => {
        const look = (): void => {
          const last = statuses.at(-1);
          if (last?.phase !== phase) return;
          waiters.delete(look);
          resolve(last);
        };
        waiters.add(look);
        look();
      }),
    pass: (ms: number) => (nowMs += ms),
  };
  const keeper = keepServer({
    port: PORT,
    server: settings,
    start(_server, onSetupCode) {
      const child = new FakeProcess(100 + processes.length, onSetupCode);
      processes.push(child);
      if (computer.answersWhenStarted) computer.answering = health(child.pid());
      void child.ended.then(() => (computer.answering = undefined));
      return child;
    },
    look: () => Promise.resolve(computer.answering),
    system: {
      nowMs: () => nowMs,
      monotonicMs: () => nowMs,
      chance: () => 0,
      pause: (delayMs, signal) =>
        new Promise((resolve) => {
          const finish = (): void => {
            nowMs += delayMs;
            resolve();
          };
          signal?.addEventListener('abort', () => resolve(), { once: true });
          if (delayMs > computer.holdsPausesOver) waits.push({ delayMs, finish });
          else setImmediate(finish);
        }),
    },
    onStatus(status) {
      statuses.push(status);
      for (const look of [...waiters]) look();
    },
    ...over,
  });
  return Object.assign(computer, { keeper });
}

describe('keeping a server', () => {
  it('hosts one where none answers, and ends it with the shell', async () => {
    const here = computer();
    expect(await here.until('running')).toEqual({
      phase: 'running',
      hosted: true,
      origin: 'http://127.0.0.1:8427',
      role: 'main',
      serverKey: 'Main',
      version: '1.0.0',
      setupCode: null,
    });
    await here.keeper.stop();
    expect(here.processes.map((child) => child.isStopped)).toEqual([true]);
    expect(here.statuses.map((status) => status.phase)).toEqual([
      'starting',
      'running',
      'stopping',
    ]);
  });

  it('tells the set-up code when it comes, and not after the server has ended', async () => {
    const here = computer();
    await here.until('running');
    const [child] = here.processes;
    child!.giveSetupCode('ABCD');
    expect(here.statuses.at(-1)).toMatchObject({ phase: 'running', setupCode: 'ABCD' });
    child!.end(1);
    await here.until('waiting');
    child!.giveSetupCode('EFGH');
    expect(here.statuses.at(-1)).toMatchObject({ phase: 'waiting' });
    await here.keeper.stop();
  });

  it('starts it again after it ended, waits longer each time, and says why', async () => {
    const here = computer();
    for (const [index, delayMs] of [1_000, 2_000, 4_000].entries()) {
      await here.until('running');
      here.processes[index]!.end(137);
      expect(await here.until('waiting')).toMatchObject({
        trouble: { code: 'ended', exitCode: 137, lastWords: 'the last words' },
        failures: index + 1,
      });
      expect(here.waits[index]!.delayMs).toBe(delayMs);
      here.waits[index]!.finish();
    }
    await here.until('running');
    await here.keeper.stop();
    expect(here.processes).toHaveLength(4);
  });

  it('counts from one again after a sound run', async () => {
    const here = computer();
    await here.until('running');
    here.processes[0]!.end(1);
    await here.until('waiting');
    here.waits[0]!.finish();
    await here.until('running');
    here.pass(60_000);
    here.processes[1]!.end(1);
    expect(await here.until('waiting')).toMatchObject({ failures: 1 });
    await here.keeper.stop();
  });

  it('does not wait when a person asks for it now', async () => {
    const here = computer();
    await here.until('running');
    here.processes[0]!.end(1);
    await here.until('waiting');
    here.keeper.retryNow();
    await here.until('running');
    expect(here.processes).toHaveLength(2);
    await here.keeper.stop();
  });

  it('ends a server that does not answer in time', async () => {
    const here = computer();
    here.answersWhenStarted = false;
    expect(await here.until('waiting')).toMatchObject({ trouble: { code: 'silent' } });
    expect(here.processes[0]!.isStopped).toBe(true);
    await here.keeper.stop();
  });

  it('can be ended while it waits and while it starts', async () => {
    const waiting = computer();
    await waiting.until('running');
    waiting.processes[0]!.end(1);
    await waiting.until('waiting');
    await waiting.keeper.stop();

    const starting = computer();
    await starting.keeper.stop();
    expect(starting.processes.every((child) => child.isStopped)).toBe(true);
    expect(starting.statuses.at(-1)).toEqual({ phase: 'stopping' });
  });

  it('attaches to a server that answers, and hosts none', async () => {
    const here = computer({ look: () => Promise.resolve(health(7)) });
    expect(await here.until('running')).toMatchObject({ hosted: false });
    await here.keeper.stop();
    expect(here.processes).toEqual([]);
  });

  it('takes an attached server for gone after three misses in a row', async () => {
    const answers = [health(7), undefined, undefined, health(7), undefined, undefined, undefined];
    const here = computer({ server: null, look: () => Promise.resolve(answers.shift()) });
    for (let looks = 0; looks < 6; looks += 1) {
      await expect.poll(() => here.waits.length).toBe(looks + 1);
      expect(here.statuses.at(-1)).toMatchObject({ phase: 'running' });
      here.waits[looks]!.finish();
    }
    expect(await here.until('waiting')).toMatchObject({ trouble: { code: 'gone' } });
    await here.keeper.stop();
    expect(here.processes).toEqual([]);
  });

  it.each([
    ['another role', health(7, { role: 'store' }), settings],
    ['another key', health(7), { ...settings, serverKey: 'Branch' }],
  ])('does not show a server of %s', async (_name, found, server) => {
    const here = computer({ server, look: () => Promise.resolve(found) });
    expect(await here.until('waiting')).toMatchObject({
      trouble: {
        code: 'other-server',
        port: PORT,
        found: { role: found.role, serverKey: found.serverKey },
      },
    });
    await here.keeper.stop();
    expect(here.processes).toEqual([]);
  });
});
