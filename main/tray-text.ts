import type { ShellStatus } from '../server/contract/ipc-schemas.ts';
import type { Say } from './texts.ts';

/** What the tray says. */
export interface TrayText {
  /** One line about the server. */
  state: string;
  /** How far synchronization is, as the screens last said it; null where nothing was said. */
  sync: string | null;
  /** Somebody should look. */
  attention: boolean;
}

/** The tray's words for this status. What a screen said about synchronization holds while the server runs. */
export function trayText(status: ShellStatus, syncState: string | null, say: Say): TrayText {
  switch (status.phase) {
    case 'running': {
      const key = status.role === 'store' ? 'tray.runningStore' : 'tray.runningMain';
      const state = say(key, { serverKey: status.serverKey });
      return { state, sync: syncState, attention: false };
    }
    case 'waiting':
      return { state: say('tray.waiting'), sync: null, attention: true };
    case 'settings-broken':
      return { state: say('tray.settingsBroken'), sync: null, attention: true };
    case 'unconfigured':
      return { state: say('tray.unconfigured'), sync: null, attention: true };
    case 'starting':
      return { state: say('tray.starting'), sync: null, attention: false };
    case 'stopping':
      return { state: say('tray.stopping'), sync: null, attention: false };
  }
}
