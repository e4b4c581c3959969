/**
 * The named limits of both APIs. Everything that grows or waits has one; a limit that is passed is
 * answered with a sentence that names it.
 */
export const LIMITS = {
  /** Body of a POST to a transaction service, bytes. */
  transactionBodyBytes: 16 * 1024 * 1024,
  /** Body of any other POST, bytes. */
  otherBodyBytes: 256 * 1024,
  /** Body of a log-in, bytes. */
  loginBodyBytes: 4 * 1024,
  /** Body of a change of the definitions, or of an estate file, bytes. */
  definitionsBodyBytes: 8 * 1024 * 1024,
  /** Tills that a store server names in one heartbeat. */
  tillsPerHeartbeat: 1_000,
  /** Longest time for which a server may ask a main to hold its heartbeat, ms: shorter than proxies wait. */
  heldHeartbeatMs: 25_000,
  /** Heartbeats that a main holds at once, one for each server; a further one is answered at once. */
  heldHeartbeats: 10_000,
  /** Changes on one page of the definitions' history. */
  changesPerPage: 100,
  /** Request line and headers, bytes: remote filters travel in the URL. */
  headerBytes: 32 * 1024,
  /** Records in one message. */
  recordsPerMessage: 100,
  /** Messages in one batch between servers. */
  messagesPerBatch: 100,
  /** Bytes of message bodies in one batch between servers. */
  batchBytes: 16 * 1024 * 1024,
  /** Message ids that one heartbeat may ask for. */
  askedPerHeartbeat: 500,
  /** Rows of one page of a model, also where no `_limit` is asked for; a larger one is refused. */
  rowsPerPage: 100_000,
  /** Largest `_offset`. */
  largestOffset: 100_000_000,
  /** What a store server waits for a main that was sent a message, ms; the bytes' own time comes on top. */
  serverToServerTimeoutMs: 15_000,
  /** Rows of one page of the queue screen. */
  entriesPerPage: 200,
  /** Events kept for screens that reconnect. */
  eventsKept: 20_000,
  /** Lines of one entry's story. */
  storyLines: 50,
  /** Entries and deliveries that wait in the writer's line before new work is answered 503. */
  writerLine: 5_000,
} as const;

/** The port a server listens on when none is given: below the ephemeral and the Windows-reserved ranges. */
export const DEFAULT_PORT = 8427;

/** The port for https when a certificate is given and no port. */
export const DEFAULT_HTTPS_PORT = 8443;

/** The context path of the mobile services. */
export const CONTEXT_PATH = '/openbravo';
