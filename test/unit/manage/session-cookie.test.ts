import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { setSessionCookie } from '../../../server/manage/guard.ts';

function cookieOver(secure: boolean): string {
  let sent = '';
  const response = {
    append: (_name: string, value: string) => {
      sent = value;
    },
  };
  setSessionCookie({ secure } as Request, response as unknown as Response, {
    token: 'token',
    maxAgeMs: 60_000,
  });
  return sent;
}

it('a session over http has a name of its own, which no cookie of https can bar', () => {
  expect(cookieOver(false)).toMatch(/^backroom_session=token;/);
  expect(cookieOver(false)).not.toContain('Secure');
  expect(cookieOver(true)).toMatch(/^__Secure-backroom_session=token;.*Secure/);
  expect(cookieOver(true)).toContain('HttpOnly');
});
