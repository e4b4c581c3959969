/** Why a query is malformed: what, where, and how to mend it. Answered with HTTP 400. */
export interface Refusal {
  refused: string;
}

export function refuse(refused: string): Refusal {
  return { refused };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The values, or the first refusal among them. */
export function allOf<Value>(values: readonly (Value | Refusal)[]): Value[] | Refusal {
  return values.find(isRefusal) ?? values.filter((value): value is Value => !isRefusal(value));
}

/** A value as it is quoted in a refusal: shortened, so that no request fills a log or a screen. */
export function quoted(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
