import { expect } from 'vitest';
import type { RunningEstate } from './running-estate.ts';
import { ADMINISTRATOR } from './running-estate.ts';

/** An administrator at a server: asks below `/manage/api/definitions`, or posts there, and gets the answer. */
export async function officeAt(
  estate: RunningEstate,
  key: string,
): Promise<(path: string, body?: object) => Promise<unknown>> {
  const { origin } = new URL(estate.url(key));
  const send = (path: string, cookie: string, body?: object) =>
    fetch(`${origin}/manage/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...{ Cookie: cookie, Origin: origin, 'X-Backroom': '1' },
        'Content-Type': 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  const session = await send('/session', '', ADMINISTRATOR);
  expect(session.ok, `the administrator is logged in at ${key}`).toBe(true);
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path, body) => {
    const answer = await send(`/definitions${path}`, cookie, body);
    const text = await answer.text();
    expect(answer.ok, text).toBe(true);
    return JSON.parse(text) as unknown;
  };
}
