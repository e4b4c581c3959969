/**
 * SQL behind the port. An operation is written once, in the part of SQL that SQLite and PostgreSQL
 * share, and runs on whichever {@link Sql} it is given; what differs is in {@link Dialect}.
 */
export type SqlValue = string | number | null | Uint8Array;

/** A statement and the shape of its rows. A constant, so that each engine prepares it once. */
export interface Query<Row = unknown> {
  /** With `?` for each value. */
  text: string | ((dialect: Dialect) => string);
  /** Never set: it carries the type of the rows. */
  row?: Row;
}

/** Runs statements inside the transaction of one operation. */
export interface Sql {
  readonly dialect: Dialect;
  /** The first row. */
  get<Row>(query: Query<Row>, ...values: SqlValue[]): Promise<Row | undefined>;
  all<Row>(query: Query<Row>, ...values: SqlValue[]): Promise<Row[]>;
  /** How many rows it changed. */
  run(query: Query, ...values: SqlValue[]): Promise<number>;
}

/** What the engines do not spell alike. */
export interface Dialect {
  /** Types and endings of tables. */
  ddl: {
    integer: string;
    bytes: string;
    /** A primary key that counts up and never repeats. */
    numbered: string;
    table: string;
    /** A table that is stored in the order of its key. */
    clustered: string;
  };
  /** Statements that make a table refuse every change and deletion. */
  appendOnly(table: string): string[];
  /** A member of JSON text, as a value that compares with a bound one. The name is bound with `?`. */
  member(column: string): string;
  /** A member of JSON text by a constant name, as text. */
  memberNamed(column: string, name: string): string;
  /** Text without regard to case. */
  fold(expression: string): string;
  /** Where a text lies in another: 0 when it does not. */
  position(haystack: string, needle: string): string;
  /** Text as UTF-8 bytes. */
  bytesOf(expression: string): string;
  /** The value to bind for a truth inside JSON. */
  truth(value: boolean): SqlValue;
}
