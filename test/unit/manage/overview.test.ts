import { expect, it } from 'vitest';
import { localDay } from '../../../server/manage/overview.ts';

it('finds the server’s own day around a moment', () => {
  const noon = new Date(2026, 2, 10, 12).getTime();
  const day = localDay(noon);
  expect(day.name).toBe('2026-03-10');
  expect(day.startMs).toBe(new Date(2026, 2, 10).getTime());
  expect(day.endMs).toBe(new Date(2026, 2, 11).getTime());
});

it('holds each moment of the year in exactly one day', () => {
  let at = new Date(2026, 0, 1).getTime();
  for (let days = 0; days < 365; days += 1) {
    const day = localDay(at);
    expect(localDay(day.endMs - 1).name).toBe(day.name);
    at = day.endMs;
  }
  expect(at).toBe(new Date(2027, 0, 1).getTime());
});
