const MOMENT =
  /^(?:(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})|(?<d2>\d{1,2})[./](?<m2>\d{1,2})[./](?<y2>\d{4}))(?:[ T](?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2}))?)?$/;

/**
 * The moment of a text such as `2016-10-30 09:58:11`, `30.10.2016 09:58` or `30/10/2016`, in ms; null
 * where it is none. The zone is left open: a replay needs distances only.
 */
export function momentOf(text: string): number | null {
  const parts = MOMENT.exec(text)?.groups;
  if (!parts) return null;
  const number = (...names: string[]): number =>
    Number(names.map((name) => parts[name]).find((part) => part !== undefined) ?? 0);
  const [year, month, day] = [number('y', 'y2'), number('m', 'm2'), number('d', 'd2')];
  const [hour, minute, second] = [number('h'), number('min'), number('s')];
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // A day that does not exist (31 April) would roll over into the next month.
  const real = new Date(atMs).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return real && month <= 12 ? atMs : null;
}
