import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../../server/cli/replay/schedule.ts';

const at = (...timesMs: (number | null)[]) =>
  timesMs.map((atMs, no) => ({ key: `${no}`, atMs, items: [] }));

describe('the schedule of a replay', () => {
  it('keeps the distances of the file, divided by the speed', () => {
    expect(scheduleOf(at(5_000, 8_000, 65_000), 1)).toEqual([0, 3_000, 60_000]);
    expect(scheduleOf(at(5_000, 8_000, 65_000), 10)).toEqual([0, 300, 6_000]);
  });

  it('never goes back', () => {
    expect(scheduleOf(at(5_000, 8_000, 6_000, 9_000), 1)).toEqual([0, 3_000, 3_000, 4_000]);
  });

  it('takes a file without times as a ticket a minute', () => {
    expect(scheduleOf(at(null, null, null), 60)).toEqual([0, 1_000, 2_000]);
  });

  it('waits for nothing at full speed', () => {
    expect(scheduleOf(at(5_000, 8_000), 'max')).toEqual([0, 0]);
  });
});
