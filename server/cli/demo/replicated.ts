import type { Timers } from '../../../terminal/platform.ts';
import type { Estate } from '../../contract/estate.ts';
import { overviewSchema } from '../../contract/manage.ts';

/** How long a new store server may take to get everything from its main. */
const DEADLINE_MS = 60_000;
const POLL_MS = 100;
const CALL_DEADLINE_MS = 5_000;

/** The manager of the demo shop, who may look at the screens. */
export function managerOf(estate: Estate): { userName: string; password: string } {
  const manager = estate.users.find((user) => user.role === 'manager');
  if (manager?.password === undefined) throw new Error('the demo shop has no manager');
  return { userName: manager.userName, password: manager.password };
}

/**
 * Waits until a new store server has everything that its main has, as its screens say: a till that is
 * started earlier would know half of the shop. The log-in happens at the main, whose users are there
 * from the start; the store takes the session as soon as it knows the user.
 */
export async function untilReplicated(house: {
  storeUrl: string;
  mainUrl: string;
  estate: Estate;
  timers: Timers;
}): Promise<void> {
  const cookie = await logIn(house.mainUrl, managerOf(house.estate));
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  while (!deadline.aborted) {
    if (await isReplicated(house.storeUrl, cookie)) return;
    await house.timers.pause(POLL_MS, deadline);
  }
  throw new Error(`The store server did not get everything from its main in ${DEADLINE_MS} ms.`);
}

async function logIn(
  mainUrl: string,
  manager: { userName: string; password: string },
): Promise<string> {
  const answer = await fetch(`${mainUrl}/manage/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-backroom': '1', origin: mainUrl },
    body: JSON.stringify(manager),
    signal: AbortSignal.timeout(CALL_DEADLINE_MS),
  });
  if (!answer.ok) throw new Error(`The main refused the log-in: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function isReplicated(storeUrl: string, cookie: string): Promise<boolean> {
  const answer = await fetch(`${storeUrl}/manage/api/overview`, {
    headers: { cookie },
    signal: AbortSignal.timeout(CALL_DEADLINE_MS),
  });
  if (!answer.ok) return false;
  const { replication } = overviewSchema.parse(await answer.json());
  return replication?.lastSuccessAt != null && replication.loading === null;
}
