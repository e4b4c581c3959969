import { describe, expect, it } from 'vitest';
import type { MainBooks, TillRecord } from '../../../server/cli/compare/compare.ts';
import { measureOutage } from '../../../server/cli/compare/outage.ts';

function sale(no: number, acceptedAtMs: number | null): TillRecord {
  return {
    terminal: 'A',
    kind: 'sale',
    id: `${no}`,
    messageId: `m${no}`,
    documentNo: `A/${no}`,
    grossMinor: 100,
    acceptedAtMs,
    confirmed: acceptedAtMs !== null,
  };
}

function taken(...timesMs: number[]): MainBooks {
  return {
    records: [],
    messages: new Map(timesMs.map((takenAtMs, no) => [`m${no}`, { place: no, takenAtMs }])),
    repeatedMessages: 0,
  };
}

describe('the figures of an outage', () => {
  const outage = { cutAtMs: 1_000, restoredAtMs: 3_000 };
  const tills = [sale(0, 990), sale(1, 1_000), sale(2, 2_999), sale(3, 3_000), sale(4, null)];

  it('counts what was accepted within it, and how long the backlog took', () => {
    expect(measureOutage(outage, tills, taken(995, 3_100, 3_400, 9_000))).toEqual({
      outageMs: 2_000,
      acceptedDuringOutage: 2,
      confirmedDuringOutage: 0,
      drainMs: 400,
    });
  });

  it('tells when the main took something although the line was cut', () => {
    expect(measureOutage(outage, tills, taken(995, 1_200, 3_400)).confirmedDuringOutage).toBe(1);
  });
});
