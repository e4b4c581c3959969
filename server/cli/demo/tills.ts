/** A till of a run: the till's own code as a process of its own. */
export interface DemoTill {
  /** Makes so many sales, starting one every `paceMs`; resolves when the till has made them all. */
  sell(sales: number, paceMs: number): Promise<void>;
  /** Makes customers, returns, cash movements and a cash-up. */
  makeOthers(): Promise<void>;
  status(): { sold: number; unconfirmed: number };
}
