import type { MenuItemConstructorOptions } from 'electron';
import { Menu, Tray, nativeImage } from 'electron';
import type { Say } from './texts.ts';
import type { TrayText } from './tray-text.ts';

export interface TrayParts {
  say: Say;
  iconPath: (name: string) => string;
  onOpen: () => void;
  onQuit: () => void;
}

/** The mark beside the clock: the server's state, and the few actions that need no window. */
export function createTray(parts: TrayParts): { show(text: TrayText): void } {
  const calm = nativeImage.createFromPath(parts.iconPath('tray.png'));
  const attention = nativeImage.createFromPath(parts.iconPath('tray-attention.png'));
  const tray = new Tray(calm);
  tray.on('click', parts.onOpen);
  return {
    show(text) {
      tray.setImage(text.attention ? attention : calm);
      tray.setToolTip(`Backroom: ${text.state}`);
      tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(text, parts)));
    },
  };
}

function menuTemplate(text: TrayText, parts: TrayParts): MenuItemConstructorOptions[] {
  const sync = text.sync === null ? [] : [{ label: text.sync, enabled: false }];
  return [
    { label: text.state, enabled: false },
    ...sync,
    { type: 'separator' },
    { label: parts.say('tray.open'), click: parts.onOpen },
    { label: parts.say('tray.quit'), click: parts.onQuit },
  ];
}
