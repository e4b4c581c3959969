import { volatileKeeping } from '../../../../terminal/browser/volatile-keeping.ts';
import type { Cart, Tender } from '../../../../terminal/cart.ts';
import { cartOf } from '../../../../terminal/cart.ts';
import type { Keeping } from '../../../../terminal/keeping.ts';
import { openDoor } from '../../../../terminal/pos-door.ts';
import type { LogInResult, PosDoor, PosTill } from '../../../../terminal/pos-till.ts';
import { cashMethod } from '../../../../terminal/terminal-settings.ts';
import { pieces } from '../../../../terminal/ticket.ts';
import { FakeStore } from './fake-store.ts';
import { memoryCashiers } from './memory-cashiers.ts';
import { MemoryLog } from './memory-log.ts';
import type { FakePlatform } from './platform.ts';
import { fakePlatform } from './platform.ts';

export const STORAGE = {
  ...{ persistent: true, startsOffline: true, usedBytes: null, quotaBytes: null, mended: null },
};

/** A Web POS's till with everything that it stands on. */
export interface PosScene {
  store: FakeStore;
  log: MemoryLog;
  keeping: Keeping;
  platform: FakePlatform;
}

export function newPosScene(): PosScene {
  const store = new FakeStore();
  const platform = fakePlatform(store.fetch);
  const keeping = { ...volatileKeeping(), cashiers: memoryCashiers() };
  return { store, platform, keeping, log: new MemoryLog() };
}

export function openDoorOf(
  { platform, log, keeping }: PosScene,
  isVolatile = false,
): Promise<PosDoor> {
  return openDoor({
    ...{ platform, keeping, queueLog: log, terminalName: 'C-01', appVersion: 'test' },
    serverUrl: 'http://store.test',
    heartbeatMs: 15_000,
    isVolatile,
    storage: () => Promise.resolve(STORAGE),
  });
}

/** The same till after a reboot: what it kept, and nothing else. */
export function reboot(scene: PosScene): PosScene {
  return { ...scene, platform: fakePlatform(scene.store.fetch) };
}

export function tillOf(result: LogInResult): PosTill {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.till;
}

export async function logIn(scene: PosScene, isVolatile = false): Promise<PosTill> {
  return tillOf(await (await openDoorOf(scene, isVolatile)).logIn('ana', '1111'));
}

/** A cart of one product. */
export function cartWith(till: PosTill, name: string, count = 1): Cart {
  const product = [...till.catalogue.products.values()].find(({ row }) => row._identifier === name);
  if (product === undefined) throw new Error(`no ${name}`);
  return cartOf([{ productId: product.row.id, quantity: pieces(count) }]);
}

export function cash(till: PosTill, amountMinor: number): Tender[] {
  return [{ method: cashMethod(till.settings).payment.searchKey, amountMinor }];
}
