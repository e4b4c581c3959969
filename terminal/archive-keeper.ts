import type { Archive, Whereabouts } from './keeping.ts';
import type { Platform } from './platform.ts';
import type { QueuedMessage } from './queue-state.ts';

interface ArchiveKeeperParts {
  archive: Archive | undefined;
  /** Where the queue says that a message is. */
  whereIs: (messageId: string) => Whereabouts | undefined;
  platform: Pick<Platform, 'log'>;
}

/**
 * Keeps the till's receipts level with its queue: one step after the other, in their order. What the
 * archive cannot take is logged; no sale waits for it or fails by it.
 */
export class ArchiveKeeper {
  readonly #parts: ArchiveKeeperParts;
  /** Where each kept ticket is said to be. */
  readonly #told = new Map<string, Whereabouts>();
  #last: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(parts: ArchiveKeeperParts) {
    this.#parts = parts;
  }

  /** A ticket that the queue holds; other messages are no receipts. */
  put(message: QueuedMessage): void {
    const { kind } = message.entry;
    if (kind !== 'sale' && kind !== 'return') return;
    if (this.#told.has(message.messageId)) return;
    this.#told.set(message.messageId, 'till');
    this.#then((archive) => archive.put(message));
  }

  /** Something was said of the message: the archive is told where it is, if that is new. */
  follow(messageId: string): void {
    const where = this.#parts.whereIs(messageId);
    if (where !== undefined) this.#move(messageId, where);
  }

  /** Every main has it. Resolves when the archive had its chance to note that. */
  async confirmed(messageId: string): Promise<void> {
    this.#move(messageId, 'headOffice');
    this.#told.delete(messageId);
    await this.#last;
  }

  /** Resolves when nothing is on its way to the archive. */
  async idle(): Promise<void> {
    await this.#last;
  }

  #move(messageId: string, where: Whereabouts): void {
    const told = this.#told.get(messageId);
    if (told === undefined || told === where) return;
    this.#told.set(messageId, where);
    this.#then((archive) => archive.move(messageId, where));
  }

  #then(step: (archive: Archive) => Promise<void>): void {
    const { archive, platform } = this.#parts;
    if (archive === undefined) return;
    this.#last = this.#last.then(async () => {
      try {
        await step(archive);
      } catch (reason) {
        this.#failures += 1;
        // The first says it; a store that is full would say it with each sale.
        if (this.#failures > 1) return;
        platform.log({ reason: String(reason) }, 'a receipt could not be archived');
      }
    });
  }
}
