import { describe, expect, it } from 'vitest';
import { pageFor } from '../../../main/page-for.ts';

const running = {
  phase: 'running',
  hosted: true,
  origin: 'http://127.0.0.1:8427',
  role: 'main',
  serverKey: 'Main',
  version: '1.0.0',
} as const;

describe('what the window shows', () => {
  it('is the screens of a server that runs', () => {
    expect(pageFor({ ...running, setupCode: null }, null)).toBe('http://127.0.0.1:8427/manage/');
  });

  it('is the set-up code first, once for each code', () => {
    const withCode = { ...running, setupCode: 'ABCD' };
    expect(pageFor(withCode, null)).toBe('app://backroom/status.html');
    expect(pageFor(withCode, 'ABCD')).toBe('http://127.0.0.1:8427/manage/');
    expect(pageFor(withCode, 'OLD')).toBe('app://backroom/status.html');
  });

  it('is a page of the shell otherwise', () => {
    const suggestion = { dataDirectory: '/data', port: 8427 };
    expect(pageFor({ phase: 'unconfigured', suggestion }, null)).toMatch(/first-run\.html$/);
    expect(pageFor({ phase: 'starting' }, null)).toMatch(/status\.html$/);
    expect(pageFor({ phase: 'stopping' }, null)).toMatch(/status\.html$/);
  });
});
