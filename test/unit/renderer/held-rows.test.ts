import { expect, it } from 'vitest';
import { holdRows } from '../../../renderer/features/queue/held-rows.ts';
import type { EntryRow } from '../../../server/contract/manage.ts';

function row(entryNo: number, state: EntryRow['state'] = 'queued'): EntryRow {
  return {
    entryNo,
    messageId: `M${entryNo}`,
    service: 's',
    terminal: 'T1',
    terminalName: 'Checkout 1',
    acceptedAt: '2026-03-10T10:00:00.000Z',
    state,
    records: 1,
    bytes: 10,
    documentNo: null,
    grossMinor: null,
    reason: null,
  };
}

it('shows the newest page when nobody reads', () => {
  const { rows, changed } = holdRows(null, [row(3), row(2)]);
  expect(rows.map(({ entryNo }) => entryNo)).toEqual([3, 2]);
  expect(changed).toBe(false);
});

it('keeps every row in its place while somebody reads, and says that there is more', () => {
  const { rows, changed } = holdRows([row(3), row(2)], [row(5), row(4), row(3), row(2)]);
  expect(rows.map(({ entryNo }) => entryNo)).toEqual([3, 2]);
  expect(changed).toBe(true);
});

it('still shows each row’s newest state', () => {
  const { rows, changed } = holdRows([row(3), row(2)], [row(3, 'confirmed'), row(2)]);
  expect(rows.map(({ state }) => state)).toEqual(['confirmed', 'queued']);
  expect(changed).toBe(false);
});

it('keeps a row that has left the page, marked', () => {
  const { rows, changed } = holdRows([row(3), row(2)], [row(3)]);
  expect(rows.map(({ entryNo, gone }) => [entryNo, gone])).toEqual([
    [3, false],
    [2, true],
  ]);
  expect(changed).toBe(true);
});
