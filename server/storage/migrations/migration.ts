import type { Dialect } from '../sql.ts';

/** One step of the schema. Steps only add; what a released version reads stays readable. */
export interface Migration {
  version: number;
  name: string;
  statements(dialect: Dialect): string[];
}
