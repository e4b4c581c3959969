import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Probe } from '../probe.ts';
import type { TillState } from '../till-api.ts';
import { Selling } from '../selling.ts';
import { openTill } from './open-till.ts';

/**
 * A simulated till as a process of its own. It is started with `--config <json>` and commanded over
 * Node's channel between processes ({@link TillCommand}); it tells what happens the same way
 * ({@link TillEvent}). It ends after `finish`, with SIGTERM, and when its parent is gone; what it sold
 * is in its folder, and it goes on from there when it is started again.
 */
const configSchema = z.object({
  serverUrl: z.url({ protocol: /^https?$/ }),
  /** Search key of the terminal. */
  terminal: z.string().min(1),
  userName: z.string().min(1),
  pin: z.string().min(1),
  directory: z.string().min(1),
  seed: z.number().int().default(1),
  heartbeatMs: z.number().int().positive().default(15_000),
});

const commandSchema = z.discriminatedUnion('command', [
  /** Sell so many tickets from now on, so many a minute (0: as fast as it goes). */
  z.object({
    command: z.literal('start'),
    tickets: z.number().int().nonnegative(),
    perMinute: z.number().nonnegative(),
  }),
  z.object({ command: z.literal('pace'), perMinute: z.number().nonnegative() }),
  /** Log in anew, search, and sell one ticket, to see who answers; a ticket that nobody takes by then stays. */
  z.object({ command: z.literal('probe'), ticketDeadlineMs: z.number().positive() }),
  /** Stop selling, make what a day has and this one lacks, close the cash-up if it is not empty, wait until everything is confirmed, end. */
  z.object({ command: z.literal('finish'), deadlineMs: z.number().positive().default(60_000) }),
]);
export type TillCommand = z.input<typeof commandSchema>;

export type TillEvent =
  /** It can sell. */
  | ({ event: 'ready'; terminal: string } & TillState)
  | ({ event: 'progress'; terminal: string } & TillState)
  /** Every ticket of `start` is sold. */
  | ({ event: 'sold'; terminal: string } & TillState)
  /** `tickets`: the servers that took the ticket of the probe, one for each lane; none by the deadline. */
  | ({ event: 'probed'; terminal: string; tickets: string[] } & Probe)
  /** The cash-up is made; `settled` is false where the deadline came before the last confirmation. */
  | ({ event: 'finished'; terminal: string; settled: boolean } & TillState)
  | { event: 'fault'; message: string };

const PROGRESS_MS = 200;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const config = configSchema.parse(JSON.parse(values.config ?? '{}'));
  const log = (fields: object, message: string): void => {
    console.error(JSON.stringify({ time: new Date().toISOString(), ...fields, message }));
  };
  const { till, platform, close } = await openTill({ ...config, log });
  const selling = new Selling(till, platform);
  let sold = Promise.resolve();

  const tell = (name: 'ready' | 'progress' | 'sold'): void =>
    send({ event: name, terminal: config.terminal, ...till.state() });
  const progress = setInterval(() => tell('progress'), PROGRESS_MS);
  let ended: Promise<void> | undefined;
  const endOnce = async (): Promise<void> => {
    clearInterval(progress);
    selling.stop();
    await sold;
    await close();
  };
  const end = (): Promise<void> => (ended ??= endOnce());
  const finish = async (deadlineMs: number): Promise<void> => {
    selling.stop();
    await sold;
    if (till.hasOpenSales) {
      await selling.complete();
      await till.cashUp();
    }
    const settled = await till.settled(deadlineMs);
    send({ event: 'finished', terminal: config.terminal, settled, ...till.state() });
    await end();
    process.disconnect();
  };
  const probe = async (ticketDeadlineMs: number): Promise<void> => {
    const seen = await till.probe();
    const tickets = await selling.tryTicket(ticketDeadlineMs);
    send({ event: 'probed', terminal: config.terminal, ...seen, tickets });
  };
  const obey = (message: unknown): void => {
    const order = commandSchema.parse(message);
    switch (order.command) {
      case 'start':
        selling.setPace(order.perMinute);
        sold = sold
          .then(() => selling.sell(order.tickets, () => undefined))
          .then(() => tell('sold'));
        sold.catch(fail);
        return;
      case 'pace':
        selling.setPace(order.perMinute);
        return;
      case 'probe':
        probe(order.ticketDeadlineMs).catch(fail);
        return;
      case 'finish':
        finish(order.deadlineMs).catch(fail);
    }
  };
  process.on('message', obey);
  for (const sign of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(sign, () => {
      end().then(() => process.exit(0), fail);
    });
  }
  tell('ready');
}

function send(event: TillEvent): void {
  if (process.connected) process.send?.(event);
}

/** A till that cannot go on says why and ends; what it sold is on its disk. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error);
  send({ event: 'fault', message });
  process.exit(1);
}

main().catch(fail);
