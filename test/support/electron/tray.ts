import { EventEmitter } from 'node:events';

interface MenuItem {
  label?: string;
  type?: string;
  enabled?: boolean;
  click?: () => void;
}

/** A menu that nobody sees; a test may call an item's `click`. */
export class Menu {
  readonly items: MenuItem[];

  constructor(items: MenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuItem[]): Menu {
    return new Menu(template.map((item) => ({ type: 'normal', enabled: true, ...item })));
  }
}

/** A tray icon that nobody sees. Tests record what is set on it (tray-recorder.cjs). */
export class Tray extends EventEmitter {
  constructor(image: unknown) {
    super();
    this.setImage(image);
  }

  setImage(_image: unknown): void {}
  setToolTip(_text: string): void {}
  setContextMenu(_menu: Menu | null): void {}
  destroy(): void {}
}
