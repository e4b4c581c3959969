import { describe, expect, it } from 'vitest';
import { callerOf, originOfUrl } from '../../../main/origin.ts';

const SERVER = 'http://127.0.0.1:8427';

describe('the origin of a page', () => {
  it.each([
    ['app://backroom/status.html', 'shell'],
    ['http://127.0.0.1:8427/manage/', 'screens'],
    ['http://127.0.0.1:84270/manage/', 'foreign'],
    ['https://127.0.0.1:8427/manage/', 'foreign'],
    ['http://127.0.0.1:8427@example.com/', 'foreign'],
    ['app://backroom.example.com/', 'foreign'],
    ['file:///app://backroom', 'foreign'],
    ['about:blank', 'foreign'],
    ['javascript:alert(1)', 'foreign'],
    ['', 'foreign'],
  ])('of %s is %s', (url, caller) => {
    expect(callerOf(originOfUrl(url), SERVER)).toBe(caller);
  });

  it('is never the screens while no server is known', () => {
    expect(callerOf('null', null)).toBe('foreign');
    expect(callerOf(SERVER, null)).toBe('foreign');
  });
});
