import { InvalidArgumentError } from 'commander';

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** Parses `500ms`, `15s` or `2m` of the command line into ms. */
export function parseDurationMs(text: string): number {
  const parts = /^(?<number>\d{1,6})(?<unit>ms|s|m)$/.exec(text)?.groups;
  if (!parts) throw new InvalidArgumentError('Write a number and ms, s or m, for example 15s.');
  return Number(parts['number']) * UNITS_MS[parts['unit'] as keyof typeof UNITS_MS];
}

/** Parses a whole number of the command line that lies between the bounds. */
export function parseWhole(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(`Give a whole number from ${lowest} to ${highest}.`);
  };
}
