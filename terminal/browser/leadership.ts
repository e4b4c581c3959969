import type { Timers } from '../platform.ts';
import type { Hold, Holder } from './hold.ts';

/** How long a leader that was asked may take to close its till before the lead is taken from it. */
export const ASK_DEADLINE_MS = 10_000;

const ASK = 'use the till here';

export interface LeadOptions {
  /** Another window has the till; it can be had by {@link Leadership.useHere}. */
  onWaiting?: () => void;
  /** Another window wants the till: close it. The lead goes when this resolves. */
  onAsked: () => Promise<void>;
  /** The lead was taken away: nothing can be written here any more. */
  onLost: () => void;
  /** Ends the waiting, not the lead. */
  signal?: AbortSignal;
}

/** This window is the only one that writes the till's queue, until it is released or lost. */
export interface Lead {
  epoch: number;
  /** Resolves when another window can have it. */
  release(): Promise<void>;
}

/** Of all windows of a till in this browser, one leads. */
export class Leadership {
  readonly #name: string;
  readonly #holder: Holder;
  readonly #timers: Timers;
  /** Aborted when the waiting has been long enough. */
  #patience = new AbortController();
  #waits = false;

  constructor(name: string, holder: Holder, timers: Timers) {
    this.#name = name;
    this.#holder = holder;
    this.#timers = timers;
  }

  /** Resolves when this window leads. Rejects when the signal is aborted before that. */
  async lead(options: LeadOptions): Promise<Lead> {
    const hold = await this.#wait(options);
    const channel = new BroadcastChannel(this.#name);
    let isOver = false;
    const end = (): void => {
      isOver = true;
      channel.close();
    };
    const release = async (): Promise<void> => {
      if (isOver) return;
      end();
      await hold.release();
    };
    let asked: Promise<void> | undefined;
    channel.onmessage = ({ data }) => {
      if (data === ASK) asked ??= options.onAsked().then(release, release);
    };
    void hold.lost.then(() => {
      if (isOver) return;
      end();
      options.onLost();
    });
    return { epoch: hold.epoch, release };
  }

  /** Asks the window that has the till to close it; one that does not answer in time loses the lead. */
  useHere(): void {
    const channel = new BroadcastChannel(this.#name);
    channel.postMessage(ASK);
    channel.close();
    const patience = this.#patience;
    void this.#timers.pause(ASK_DEADLINE_MS, patience.signal).then(() => {
      if (this.#waits) patience.abort();
    });
  }

  async #wait({ onWaiting, signal }: LeadOptions): Promise<Hold> {
    const patience = (this.#patience = new AbortController());
    const either = AbortSignal.any([patience.signal, ...(signal === undefined ? [] : [signal])]);
    this.#waits = true;
    try {
      return await this.#holder.wait(either, () => onWaiting?.());
    } catch (reason) {
      if (!patience.signal.aborted || signal?.aborted === true) throw reason;
      return await this.#holder.seize();
    } finally {
      this.#waits = false;
    }
  }
}
