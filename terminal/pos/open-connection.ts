import type { Lead } from '../browser/leadership.ts';
import type { BrowserStores } from '../browser/open-stores.ts';
import { openStores } from '../browser/open-stores.ts';
import { Changes } from '../changes.ts';
import type { Platform } from '../platform.ts';
import { openDoor } from '../pos-door.ts';
import type { Connection, TillState } from './connection.ts';

/** As the other clients of Backroom. */
const HEARTBEAT_MS = 15_000;
const APP_VERSION = 'web-pos';

/** Opens the till of this name in this window: its stores, the lead among windows, and the door. */
export function openConnection(terminalName: string, platform: Platform): Connection {
  const changes = new Changes();
  let state: TillState = { kind: 'opening' };
  const become = (next: TillState): void => {
    state = next;
    changes.tell();
  };
  void open(terminalName, platform, become).catch((reason: unknown) => {
    become({ kind: 'failed', message: reason instanceof Error ? reason.message : String(reason) });
  });
  return { state: () => state, subscribe: (listener) => changes.subscribe(listener) };
}

async function open(
  terminalName: string,
  platform: Platform,
  become: (state: TillState) => void,
): Promise<void> {
  // What went wrong while the page was open is mended by opening it again.
  const reload = (): void => window.location.reload();
  const stores = await openStores(terminalName, { platform, onClosed: reload });
  if ('fault' in stores) {
    become({ kind: 'failed', message: stores.message });
    return;
  }
  await lead(stores, become, reload);
  const door = await openDoor({
    ...{ platform, terminalName, queueLog: stores.queueLog, keeping: stores.keeping },
    serverUrl: window.location.origin,
    heartbeatMs: HEARTBEAT_MS,
    appVersion: APP_VERSION,
    isVolatile: stores.isVolatile,
    storage: () => stores.report(),
  });
  become({ kind: 'open', door });
}

/** Waits until this window is the one that sells; the page begins anew when another takes that over. */
function lead(
  stores: BrowserStores,
  become: (state: TillState) => void,
  reload: () => void,
): Promise<Lead> {
  return stores.lead({
    onWaiting: () => become({ kind: 'elsewhere', useHere: () => stores.useHere() }),
    onAsked: () => {
      reload();
      return Promise.resolve();
    },
    onLost: reload,
  });
}
