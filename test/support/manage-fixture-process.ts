/**
 * A fixture as a process of its own, so that a test can end it as a power cut would. It is told what
 * happens in the shop by messages from its parent, and answers each with `done`.
 */
import { z } from 'zod';
import { startManageFixture } from './manage-fixture.ts';
import { HEAD_OFFICE, WAREHOUSE } from './manage-scene.ts';

const doingSchema = z.enum(['sell', 'cutLine', 'mendLine', 'skipNumbers', 'sellMany']);
/** Sales of one `sellMany`. */
const BURST = 50;
/** What may happen in the shop. */
export type Doing = z.infer<typeof doingSchema>;

const { url, scene } = await startManageFixture({ port: Number(process.argv[2] ?? 0) });

const doings: Record<Doing, () => void> = {
  sell: () => void scene.sell('T1'),
  // Every 40 ms for two seconds, as in a busy hour of many shops.
  sellMany: () => {
    let sold = 0;
    const timer = setInterval(() => {
      scene.sell('T2');
      sold += 1;
      if (sold === BURST) clearInterval(timer);
    }, 40);
  },
  cutLine: () => scene.setMain(HEAD_OFFICE, 'offline'),
  mendLine: () => {
    scene.setMain(HEAD_OFFICE, 'online');
    scene.setMain(WAREHOUSE, 'online');
    scene.acknowledgeAll(HEAD_OFFICE);
    scene.acknowledgeAll(WAREHOUSE);
  },
  // What a screen sees when it was dropped and numbers went by.
  skipNumbers: () => scene.emit('till', { terminal: 'T1' }, 5),
};

process.on('message', (message) => {
  doings[doingSchema.parse(message)]();
  process.send?.('done');
});
process.on('disconnect', () => process.exit());
process.send?.(url);
