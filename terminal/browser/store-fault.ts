/** Why a till's store in the browser does not do what was asked. */
export type StoreFaultCode =
  /** There is none: a browser without IndexedDB, or one that is told to keep nothing. */
  | 'noStore'
  /** Another window of an older page holds the store and does not let go. */
  | 'blocked'
  /** The store was written by a newer page than this one. */
  | 'newer'
  /** The store is there, and the browser cannot open it. */
  | 'unreadable'
  | 'full'
  /** Another window has the till. */
  | 'notLeader'
  /** The store was closed, by us or by the browser. */
  | 'closed'
  | 'failed';

/** The fault as a value: what, and how to mend it. */
export interface StoreFault {
  fault: StoreFaultCode;
  message: string;
}

const SENTENCES: Readonly<Record<StoreFaultCode, string>> = {
  noStore:
    'This browser keeps no data for this page. Allow it to, or leave the private window, so that the till can keep its sales.',
  blocked:
    'Another window holds the store of this till with an older page. Close the other windows of this till and load the page again.',
  newer:
    'The store of this till was written by a newer page. Load the page again while a server can be reached.',
  unreadable:
    'The browser cannot open the store of this till. Sales that no server has may be in it: restart the computer, and do not clear the browser’s data.',
  full: 'The disk, or what the browser may use of it, is full: nothing was sold. Free some space, then load the page again.',
  notLeader: 'The till is used in another window: nothing was sold here.',
  closed: 'The store of this till was closed: nothing was sold. Load the page again.',
  failed:
    'The store of this till does not take what is written: nothing was sold. Load the page again.',
};

/** A {@link StoreFault} on its way through promises. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, cause?: unknown) {
    super(SENTENCES[code], { cause });
    this.code = code;
  }

  toFault(): StoreFault {
    return { fault: this.code, message: this.message };
  }
}

/** What the browser's exceptions mean once the store is open, by their names. */
const IN_USE: Readonly<Record<string, StoreFaultCode>> = {
  QuotaExceededError: 'full',
  InvalidStateError: 'closed',
};

/** The same while it is being opened. */
const AT_OPENING: Readonly<Record<string, StoreFaultCode>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'noStore',
  // Private windows of some browsers refuse to write in this way.
  InvalidStateError: 'noStore',
};

export function storeErrorOf(reason: unknown): StoreError {
  if (reason instanceof StoreError) return reason;
  return new StoreError(IN_USE[nameOf(reason)] ?? 'failed', reason);
}

export function openingErrorOf(reason: unknown): StoreError {
  if (reason instanceof StoreError) return reason;
  return new StoreError(AT_OPENING[nameOf(reason)] ?? 'unreadable', reason);
}

function nameOf(reason: unknown): string {
  return reason instanceof Error || reason instanceof DOMException ? reason.name : '';
}
