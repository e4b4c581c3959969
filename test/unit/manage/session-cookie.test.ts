import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { setSessionCookie } from '../../../server/manage/guard.ts';

/** The cookie that a page gets over this scheme. */
async function cookieOver(scheme: 'http' | 'https'): Promise<string> {
  const app = express();
  // The scheme is told as a proxy tells it, so that the test needs no certificate.
  app.set('trust proxy', true);
  app.get('/', (request, response) => {
    setSessionCookie(request, response, { token: 'token', maxAgeMs: 60_000 });
    response.end();
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { 'x-forwarded-proto': scheme },
  });
  server.close();
  return answer.headers.getSetCookie().join();
}

it('a session over http has a name of its own, which no cookie of https can bar', async () => {
  const [plain, secure] = [await cookieOver('http'), await cookieOver('https')];
  expect(plain).toMatch(/^backroom_session=token;/);
  expect(plain).not.toContain('Secure');
  expect(secure).toMatch(/^__Secure-backroom_session=token;.*Secure/);
  expect(secure).toContain('HttpOnly');
});
