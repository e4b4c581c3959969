import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { healthSchema } from '../contract/settings.ts';

const PROBE_TIMEOUT_MS = 1000;

/**
 * Who listens on a port of this machine, in words for an error message: another Backroom by its own
 * answer, any other program by /proc on Linux; undefined where neither tells.
 */
export async function portOwner(port: number): Promise<string | undefined> {
  return (await backroomOn(port)) ?? programOn(port);
}

async function backroomOn(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    const health = healthSchema.parse(await answer.json());
    return `another Backroom server: ${health.role} "${health.serverKey}", process ${health.pid}`;
  } catch {
    return undefined;
  }
}

function programOn(port: number): string | undefined {
  try {
    const inode = listeningInode(port);
    if (inode === undefined) return undefined;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (!holdsSocket(pid, inode)) continue;
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      return `the program "${name}", process ${pid}`;
    }
  } catch {
    // Not Linux, or not allowed to look: the message goes without the owner.
  }
  return undefined;
}

/** The socket's inode from the kernel's tables: state 0A is LISTEN, the port is hexadecimal. */
function listeningInode(port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(suffix) === true && columns[3] === '0A') return columns[9];
    }
  }
  return undefined;
}

function holdsSocket(pid: string, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(
      (fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`,
    );
  } catch {
    return false;
  }
}
