import type { Health } from '../server/contract/settings.ts';
import { healthSchema } from '../server/contract/settings.ts';

/** A server on the same computer that takes longer than this is not one to show screens of. */
const LOOK_TIMEOUT_MS = 2_000;

/** Where a server on this computer is reached. */
export function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The Backroom server at this port of this computer, or undefined where none answers as one. */
export async function lookForServer(
  port: number,
  signal?: AbortSignal,
): Promise<Health | undefined> {
  const deadline = AbortSignal.timeout(LOOK_TIMEOUT_MS);
  try {
    const response = await fetch(`${originOf(port)}/healthz`, {
      redirect: 'error',
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    if (response.status !== 200) return undefined;
    return healthSchema.safeParse(await response.json()).data;
  } catch {
    // Refused, too slow, or not JSON: whatever it is, it is not our server.
    return undefined;
  }
}
