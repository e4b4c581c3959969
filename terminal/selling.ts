import type { Platform } from './platform.ts';
import { createShopper } from './shopper.ts';
import type { Shopper } from './shopper.ts';
import type { Till } from './till.ts';
import type { Done } from './till-api.ts';

/** Sales between two of these, so that each kind happens early and again and again. */
const EVERY = { customer: 10, return: 12, cashMovement: 15 } as const;
/** Which sale of each round it follows. */
const AFTER = { customer: 2, return: 5, cashMovement: 7 } as const;

/** A simulated working day at a till: sales at a pace, and everything else that happens at one. */
export class Selling {
  readonly #till: Till;
  readonly #platform: Platform;
  readonly #shopper: Shopper;
  readonly #stop = new AbortController();
  #pause = new AbortController();
  #paceMs = 0;

  constructor(till: Till, platform: Platform) {
    this.#till = till;
    this.#platform = platform;
    this.#shopper = createShopper(till.catalogue, platform.chance);
  }

  /** From now on a sale starts so many times a minute. */
  setPace(perMinute: number): void {
    this.#paceMs = perMinute > 0 ? 60_000 / perMinute : 0;
    this.#pause.abort();
  }

  /** Sells so many tickets; resolves when the last is on the till's disk, or after {@link stop}. */
  async sell(tickets: number, onDone: (done: Done) => void): Promise<void> {
    const { clock, timers } = this.#platform;
    for (let sale = 1; sale <= tickets && !this.#stop.signal.aborted; sale += 1) {
      const startedMs = clock.nowMs();
      for (const done of await this.#oneSale(sale)) onDone(done);
      this.#pause = new AbortController();
      const restMs = Math.max(0, this.#paceMs - (clock.nowMs() - startedMs));
      await timers.pause(restMs, AbortSignal.any([this.#pause.signal, this.#stop.signal]));
    }
  }

  /** Sells one ticket now, and tells which servers took it by the deadline: one for each lane, or none. */
  async tryTicket(deadlineMs: number): Promise<string[]> {
    const { accepted } = await this.#till.sell(this.#shopper.purchase(this.#payments()));
    const deadline = this.#platform.timers.pause(deadlineMs).then(() => false);
    const isTaken = await Promise.race([accepted.then(() => true), deadline]);
    return isTaken ? this.#till.state().answeredBy.tickets : [];
  }

  /** Ends selling after the sale that is under way. */
  stop(): void {
    this.#stop.abort();
  }

  /** What each kind lacks at the end of the day: a short day has them all too. */
  async complete(): Promise<void> {
    const { others } = this.#till.state();
    if (others.customers === 0) await this.#customer();
    if (others.returns === 0) await this.#return();
    if (others.cashMovements === 0) await this.#cashMovement();
  }

  async #oneSale(sale: number): Promise<Done[]> {
    const due = (kind: keyof typeof EVERY): boolean => sale % EVERY[kind] === AFTER[kind];
    const customer = due('customer') ? await this.#customer() : undefined;
    const done = [await this.#till.sell(this.#shopper.purchase(this.#payments(), customer?.id))];
    if (customer !== undefined) done.push(customer);
    if (due('return')) done.push(...(await this.#return()));
    if (due('cashMovement')) done.push(await this.#cashMovement());
    return done;
  }

  #payments(): string[] {
    return this.#till.settings.payments.map(({ payment }) => payment.searchKey);
  }

  #customer(): Promise<Done> {
    return this.#till.createCustomer(this.#shopper.newCustomer());
  }

  async #return(): Promise<Done[]> {
    const { recentTickets } = this.#till;
    const ticket = recentTickets[Math.floor(this.#platform.chance.next() * recentTickets.length)];
    return ticket === undefined ? [] : [await this.#till.returnTicket(ticket.id)];
  }

  #cashMovement(): Promise<Done> {
    const direction = this.#platform.chance.next() < 0.5 ? 'deposit' : 'drop';
    return this.#till.moveCash(direction, this.#shopper.cashAmount());
  }
}
