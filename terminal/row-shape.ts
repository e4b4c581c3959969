/**
 * What the members of a row must be. A till checks tens of thousands of rows before its first sale, so
 * they are looked at where they lie and never copied; members that are not named are left alone.
 */
type Kind = 'text' | 'number' | 'flag' | 'yesNo';
/** With a question mark: may be absent or null. */
type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

interface Values {
  text: string;
  number: number;
  flag: boolean;
  yesNo: 'Y' | 'N';
}

type Needed<S extends Shape> = {
  [P in keyof S as S[P] extends Kind ? P : never]: S[P] extends Kind ? Values[S[P]] : never;
};
type Optional<S extends Shape> = {
  [P in keyof S as S[P] extends Kind ? never : P]?:
    (S[P] extends `${infer K extends Kind}?` ? Values[K] : never) | null;
};

/** A row that has the shape. */
export type RowOf<S extends Shape> = Needed<S> & Optional<S> & Readonly<Record<string, unknown>>;

/** The check of a shape. */
export function rowShape<const S extends Shape>(shape: S): (row: unknown) => row is RowOf<S> {
  const members = Object.entries(shape).map(([name, kind]) => ({
    name,
    kind: kind.replace('?', '') as Kind,
    mayLack: kind.endsWith('?'),
  }));
  return (row): row is RowOf<S> => {
    if (typeof row !== 'object' || row === null) return false;
    for (const { name, kind, mayLack } of members) {
      const value = (row as Record<string, unknown>)[name];
      const lacks = value === undefined || value === null;
      if (lacks ? !mayLack : !isOf(kind, value)) return false;
    }
    return true;
  };
}

/** Those rows that have a shape. */
export function fitting<Row>(rows: readonly unknown[], fits: (row: unknown) => row is Row): Row[] {
  return rows.filter(fits);
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'yesNo':
      return value === 'Y' || value === 'N';
  }
}
