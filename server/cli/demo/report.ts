import type { Estate } from '../../contract/estate.ts';
import type { Comparison, Counts } from '../compare/compare.ts';
import type { OutageFigures } from '../compare/outage.ts';

/** How amounts of the run are written. */
export interface Money {
  isoCode: string;
  precision: number;
}

/** The books of both sides in sentences. */
export function describeBooks(found: Comparison, money: Money): string[] {
  const { customers, returns, cashMovements, cashUps } = found.others;
  const pair = (name: string, { atTills, atMain }: Counts): string =>
    `${name} ${atTills} at the tills, ${atMain} at the main`;
  return [
    `${found.tickets} tickets sold, ${found.accepted} accepted, ${found.confirmed} confirmed.`,
    `Lost ${found.lost}, doubled ${found.doubled}, reordered ${found.reordered}.`,
    ...(customers.atTills + returns.atTills + cashMovements.atTills + cashUps.atTills > 0
      ? [
          [
            pair('Customers', customers),
            pair('returns', returns),
            pair('cash movements', cashMovements),
            pair('cash-ups', cashUps),
          ].join('; ') + '.',
        ]
      : []),
    `Sales less returns: ${amount(found.totalAtTills, money)} at the tills, ${amount(found.totalAtMain, money)} at the main.`,
  ];
}

/** The outage in a sentence. */
export function describeOutage(figures: OutageFigures): string {
  return (
    `The line to the main was cut for ${seconds(figures.outageMs)}: ` +
    `${figures.acceptedDuringOutage} tickets were accepted meanwhile, ` +
    `${figures.confirmedDuringOutage} messages reached the main, ` +
    `and it had them all ${seconds(figures.drainMs)} after the line was back.`
  );
}

function amount(minor: number, { isoCode, precision }: Money): string {
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency: isoCode,
    minimumFractionDigits: precision,
  }).format(minor / 10 ** precision);
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}

/** The currency of an estate's tills. */
export function moneyOf(estate: Estate): Money {
  return estate.terminals[0]?.currency ?? { isoCode: 'EUR', precision: 2 };
}

/** Prints a result on standard output: in sentences, or as one JSON object on the last line. */
export function printResult(result: object, sentences: readonly string[], asJson: boolean): void {
  process.stdout.write(`${asJson ? JSON.stringify(result) : sentences.join('\n')}\n`);
}
