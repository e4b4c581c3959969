const UNITS = [
  { ms: 24 * 60 * 60_000, name: 'day' },
  { ms: 60 * 60_000, name: 'hour' },
  { ms: 60_000, name: 'minute' },
  { ms: 1_000, name: 'second' },
] as const;

/** A duration in the largest unit in which it is a whole number: "12 hours", "90 seconds". */
export function durationText(durationMs: number): string {
  const unit = UNITS.find(({ ms }) => durationMs >= ms && durationMs % ms === 0);
  if (unit === undefined) return `${durationMs} ms`;
  const count = durationMs / unit.ms;
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
