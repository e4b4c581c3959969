/** Something that a person can mend, said in a sentence: what, where, how to mend. */
export class UsageFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageFault';
  }
}

/** Errors that are explained by their message alone; everything else is a bug and shows its stack. */
const EXPECTED = new Set(['UsageFault', 'StartError', 'JoinError', 'StorageOpenError']);

/** Ends the process with what went wrong on standard error and exit code 1. */
export function exitWithFault(error: unknown): never {
  const expected = error instanceof Error && EXPECTED.has(error.name);
  console.error(expected ? `backroom: ${error.message}` : error);
  process.exit(1);
}
