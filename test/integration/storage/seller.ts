import { message, openOn, ticketOf } from './support.ts';

/**
 * A process that sells: takes messages with several callers, claims some, and prints the id of each
 * message once it has its receipt. Run by the crash test, which kills it.
 */
const [directory = ''] = process.argv.slice(2);
const storage = await openOn(directory);
process.stdout.write('open\n');
let next = 0;

async function sell(): Promise<void> {
  for (;;) {
    const id = String((next += 1));
    const record = { id, pad: 'x'.repeat(3000) };
    await storage.accept(
      message(`m${id}`, { changes: [ticketOf(id, { record })], data: [record] }),
    );
    process.stdout.write(`m${id}\n`);
  }
}

async function claimNow(): Promise<void> {
  for (;;) {
    await storage.claim({ destination: 'MAIN', nowMs: 1, limit: 1, byteLimit: 1e6 });
    await storage.nextDueMs('MAIN');
  }
}

await Promise.all([...Array.from({ length: 16 }, sell), claimNow()]);
