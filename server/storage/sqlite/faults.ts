/** A failure as it crosses from a worker: an `Error` would lose its code on the way. */
export interface Fault {
  code: 'full' | 'broken' | 'failed';
  message: string;
}

/** SQLite's codes after which nothing that the connection says can be trusted. */
const BROKEN = /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM|PROTOCOL|BUSY|LOCKED)/;

/**
 * What kind of failure an error is: of the disk (`full`, `broken`), which concerns every piece of a
 * group, or of the piece alone (`failed`).
 */
export function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const sqliteCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (sqliteCode.startsWith('SQLITE_FULL')) return { code: 'full', message };
  return { code: BROKEN.test(sqliteCode) ? 'broken' : 'failed', message };
}
