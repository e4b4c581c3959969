import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksAgree, booksOfRun, compareBooks } from '../../../server/cli/compare/compare.ts';
import type { MainBooks, TillRecord } from '../../../server/cli/compare/compare.ts';

function sold(terminal: string, no: number, extra: Partial<TillRecord> = {}): TillRecord {
  return {
    terminal,
    kind: 'sale',
    id: `${terminal}-${no}`,
    messageId: `message ${terminal}-${no}`,
    documentNo: `${terminal}/${no}`,
    grossMinor: 100 + no,
    acceptedAtMs: 1_000,
    confirmed: true,
    ...extra,
  };
}

/** The books of a main that took and applied the records in this order. */
function applied(records: readonly TillRecord[], taken = records): MainBooks {
  return {
    records: records.map(({ terminal, kind, id, documentNo, grossMinor }, place) => ({
      terminal,
      kind,
      id,
      documentNo,
      grossMinor,
      place,
    })),
    messages: new Map(taken.map(({ messageId }, place) => [messageId, { place, takenAtMs: 0 }])),
    repeatedMessages: 0,
  };
}

const day = [
  sold('A', 1),
  sold('A', 2),
  sold('B', 1),
  sold('A', 3, { kind: 'return', grossMinor: -101 }),
  sold('A', 4, { kind: 'customer', documentNo: null, grossMinor: 0 }),
  sold('B', 2, { kind: 'cashMovement', documentNo: null, grossMinor: 0 }),
  sold('B', 3, { kind: 'cashUp', documentNo: null, grossMinor: 0 }),
];

describe('the comparison of the books', () => {
  it('finds nothing where both sides say the same', () => {
    const found = compareBooks(day, applied(day));
    expect(found).toEqual({
      tickets: 3,
      accepted: 3,
      confirmed: 3,
      doubled: 0,
      lost: 0,
      reordered: 0,
      others: {
        customers: { atTills: 1, atMain: 1 },
        returns: { atTills: 1, atMain: 1 },
        cashMovements: { atTills: 1, atMain: 1 },
        cashUps: { atTills: 1, atMain: 1 },
      },
      totalAtTills: 101 + 102 + 101 - 101,
      totalAtMain: 203,
    });
    expect(booksAgree(found)).toBe(true);
  });

  it('calls a record of any kind lost when it was accepted and is not there', () => {
    for (const missing of day) {
      const found = compareBooks(day, applied(day.filter((record) => record !== missing)));
      expect(found).toMatchObject({ lost: 1, doubled: 0, reordered: 0 });
      expect(booksAgree(found)).toBe(false);
    }
  });

  it('calls a ticket lost when it is there with another amount', () => {
    const [first, ...rest] = day;
    const main = applied([{ ...first!, grossMinor: 100 }, ...rest]);
    expect(compareBooks(day, main)).toMatchObject({ lost: 1, totalAtMain: 202 });
  });

  it('does not call lost what nobody has accepted, but the books do not agree', () => {
    const unsent = sold('B', 9, { acceptedAtMs: null, confirmed: false });
    const found = compareBooks([...day, unsent], applied(day));
    expect(found).toMatchObject({ tickets: 4, accepted: 3, lost: 0 });
    expect(booksAgree(found)).toBe(false);
  });

  it('calls doubled a row with the same id, and one with the same document number', () => {
    const twice = applied([...day, day[4]!]);
    expect(compareBooks(day, twice)).toMatchObject({ doubled: 1, lost: 0 });
    const renamed = applied([...day, { ...day[0]!, id: 'other' }]);
    expect(compareBooks(day, renamed)).toMatchObject({ doubled: 1, lost: 0 });
  });

  it('counts as reordered what was taken or applied after a later one of the same till', () => {
    const [first, second, ...rest] = day;
    const swapped = [second!, first!, ...rest];
    expect(compareBooks(day, applied(swapped)).reordered).toBe(1);
    expect(compareBooks(day, applied(swapped, day)).reordered).toBe(1);
    expect(compareBooks(day, applied(day, swapped)).reordered).toBe(1);
    const tillsMixed = [day[2]!, day[0]!, day[1]!, ...day.slice(3)];
    expect(compareBooks(day, applied(tillsMixed)).reordered).toBe(0);
  });

  it('leaves the older history of a till aside when it is asked for one run', () => {
    const rest = day.slice(1);
    const found = compareBooks(rest, booksOfRun(rest, applied(day)));
    expect(found).toMatchObject({ tickets: 2, lost: 0, doubled: 0 });
    expect(found.totalAtMain).toBe(found.totalAtTills);
    const again = applied([...day, { ...rest[0]!, id: 'the same ticket under another id' }]);
    expect(compareBooks(rest, booksOfRun(rest, again)).doubled).toBe(1);
  });

  it('holds for every day and every loss', () => {
    const record = fc.record({ terminal: fc.constantFrom('A', 'B', 'C'), gross: fc.nat(10_000) });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), fc.nat(), (records, pick) => {
        const made = records.map(({ terminal, gross }, no) =>
          sold(terminal, no, { grossMinor: gross }),
        );
        expect(booksAgree(compareBooks(made, applied(made)))).toBe(true);
        const lost = made[pick % made.length]!;
        const found = compareBooks(made, applied(made.filter((one) => one !== lost)));
        expect(found.lost).toBe(1);
        expect(found.totalAtTills - found.totalAtMain).toBe(lost.grossMinor);
      }),
    );
  });
});
