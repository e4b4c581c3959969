import '../../../../terminal/pos/strict-policy.ts';
import '../../../../terminal/pos/ui/styles.ts';
import { createRoot } from 'react-dom/client';
import { browserPlatform } from '../../../../terminal/browser/platform.ts';
import { App } from '../../../../terminal/pos/app.tsx';
import type { TillState } from '../../../../terminal/pos/connection.ts';
import { startI18n } from '../../../../terminal/pos/i18n.ts';
import { FakeDoor } from '../fake-door.ts';
import type { FakeShopData } from '../fake-shop.ts';
import { fakeShop } from '../fake-shop.ts';
import { FakeTill } from '../fake-till.ts';

/** What a test reaches of the page: `window.fake`. */
export interface FakePage {
  till: FakeTill;
  door: FakeDoor;
}

declare global {
  interface Window {
    fake: FakePage;
  }
}

const asked = new URLSearchParams(window.location.search);
const answer = await fetch('./data.json');
const data = (await answer.json()) as FakeShopData;
const platform = browserPlatform(() => undefined);
const till = new FakeTill({ ...fakeShop(data, Number(asked.get('products') ?? 0)), platform });
const door = new FakeDoor(till);
window.fake = { till, door };

const states: Record<string, TillState> = {
  elsewhere: { kind: 'elsewhere', useHere: () => undefined },
  failed: { kind: 'failed', message: 'The browser cannot open the store of this till.' },
};
const state = states[asked.get('state') ?? ''] ?? ({ kind: 'open', door } as const);
const connection = { state: () => state, subscribe: () => () => undefined };

await startI18n();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <App
    surroundings={platform}
    connection={asked.get('state') === 'nameless' ? null : connection}
    onName={() => undefined}
  />,
);
