import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { healthSchema } from '../../../server/contract/settings.ts';
import { refusedStart, startServerProcess } from '../../support/server-process.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const main = (directory: string): string[] => ['--role', 'main', '--data', directory];
const store = (directory: string): string[] => ['--role', 'store', '--data', directory];

describe('backroom serve', () => {
  it('answers on the loopback, says who it is, and asks for set-up while nobody can log in', async () => {
    await using folder = temporaryDirectory();
    await using server = await startServerProcess(main(folder.path));
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const health = healthSchema.parse(await (await fetch(`${server.url}/healthz`)).json());
    expect(health).toMatchObject({ role: 'main', serverKey: 'Main', pid: server.pid });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(server.setupCode).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  });

  it('stops cleanly on SIGTERM and starts again on the same folder', async () => {
    await using folder = temporaryDirectory();
    {
      await using server = await startServerProcess(main(folder.path));
      expect(await server.end('SIGTERM')).toBe(0);
      await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    }
    await using again = await startServerProcess(main(folder.path));
    await expect.poll(() => again.log()).toContain('"synchronous":2');
  });

  it('starts again after SIGKILL', async () => {
    await using folder = temporaryDirectory();
    {
      await using server = await startServerProcess(main(folder.path));
      await server.end('SIGKILL');
    }
    await using again = await startServerProcess(main(folder.path));
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
  });
});

describe('a start that cannot succeed ends with a sentence', () => {
  it('under an old Node, before anything is imported that would crash it', async () => {
    await using folder = temporaryDirectory();
    const pretend = join(folder.path, 'old-node.cjs');
    writeFileSync(
      pretend,
      "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });",
    );
    const { exitCode, message } = await refusedStart(['--version'], ['--require', pretend]);
    expect(exitCode).toBe(1);
    expect(message).toContain('Backroom needs Node 22 or newer; this is Node 20.20.2');
  });

  it('when the port is in use by another Backroom, whom it names', async () => {
    await using folder = temporaryDirectory();
    await using other = await startServerProcess([...main(folder.path), '--server-key', 'First']);
    await using second = temporaryDirectory();
    const port = new URL(other.url).port;
    const { exitCode, message } = await refusedStart([
      'serve',
      ...main(second.path),
      '--port',
      port,
    ]);
    expect(exitCode).toBe(1);
    expect(message).toContain(
      `Port ${port} is in use by another Backroom server: main "First", process ${other.pid}. Stop that program or choose another port with --port.`,
    );
  });

  it('when the port is in use by another program, whom it names where the system tells', async () => {
    await using folder = temporaryDirectory();
    const stranger = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const { message } = await refusedStart(['serve', ...main(folder.path), '--port', String(port)]);
    stranger.close();
    expect(message).toContain(`Port ${port} is in use`);
    if (process.platform === 'linux') expect(message).toContain(`process ${process.pid}`);
  });

  it('when the folder is used by a running server', async () => {
    await using folder = temporaryDirectory();
    await using server = await startServerProcess(main(folder.path));
    const { exitCode, message } = await refusedStart([
      'serve',
      ...main(folder.path),
      '--port',
      '0',
    ]);
    expect(exitCode).toBe(1);
    expect(message).toContain(folder.path);
    expect(message).toContain(String(server.pid));
  });

  it('when the folder cannot be made or written', async () => {
    await using folder = temporaryDirectory();
    const file = join(folder.path, 'a-file');
    writeFileSync(file, '');
    const { exitCode, message } = await refusedStart([
      'serve',
      ...main(join(file, 'data')),
      '--port',
      '0',
    ]);
    expect(exitCode).toBe(1);
    expect(message).toMatch(/^backroom: .*a-file\/data/);
  });

  it('when the database is of a newer version, or is no database, and leaves the file as it is', async () => {
    await using folder = temporaryDirectory();
    writeFileSync(join(folder.path, 'backroom.db'), 'this is no database '.repeat(100));
    chmodSync(join(folder.path, 'backroom.db'), 0o600);
    const { exitCode, message } = await refusedStart([
      'serve',
      ...main(folder.path),
      '--port',
      '0',
    ]);
    expect(exitCode).toBe(1);
    expect(message).toMatch(/^backroom: .*backroom\.db/);
  });

  it('when the folder belongs to another server or role', async () => {
    await using folder = temporaryDirectory();
    const first = await startServerProcess([...main(folder.path), '--server-key', 'Central']);
    await first.end('SIGTERM');
    const asStore = await refusedStart(['serve', ...store(folder.path), '--port', '0']);
    expect(asStore.message).toContain(
      'belongs to the main server "Central". Start it with --role main',
    );
    const asOther = await refusedStart([
      'serve',
      ...main(folder.path),
      '--server-key',
      'Other',
      '--port',
      '0',
    ]);
    expect(asOther.message).toContain('belongs to the server "Central", not to "Other"');
  });

  it('when a store server has not joined, or cannot reach its main, or talks to something else', async () => {
    await using folder = temporaryDirectory();
    const serve = (...options: string[]) =>
      refusedStart([
        'serve',
        ...store(folder.path),
        '--port',
        '0',
        '--server-key',
        'Store-Corner',
        ...options,
      ]);
    expect((await serve()).message).toContain('give --main with its address and --join-code');
    const nobody = 'http://127.0.0.1:9';
    expect((await serve('--main', nobody, '--join-code', 'X')).message).toContain(
      'The main server at http://127.0.0.1:9/openbravo/backroom/join cannot be reached. Check the address (--main)',
    );
    const stranger = createServer((_request, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const elsewhere = await serve('--main', `http://127.0.0.1:${port}`, '--join-code', 'X');
    stranger.close();
    expect(elsewhere.message).toContain('is not a Backroom main server (HTTP 200)');
  });

  it('when an option is wrong', async () => {
    await using folder = temporaryDirectory();
    const wrongPort = await refusedStart(['serve', ...main(folder.path), '--port', '99999']);
    expect(wrongPort.message).toContain('port');
    const wrongKey = await refusedStart([
      'serve',
      ...main(folder.path),
      '--port',
      '0',
      '--server-key',
      'a b',
    ]);
    expect(wrongKey.message).toContain('serverKey');
    const wrongRole = await refusedStart(['serve', '--role', 'shop', '--data', folder.path]);
    expect(wrongRole.message).toContain('Allowed choices are store, main');
  });
});
