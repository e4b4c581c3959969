import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat } from './format.ts';
import type { Format } from './format.ts';

/** How often shown ages move on. */
const TICK_MS = 5_000;

const listeners = new Set<() => void>();
let aheadMs = 0;
let nowMs = Date.now();

window.setInterval(tick, TICK_MS);

function tick(): void {
  nowMs = Date.now() + aheadMs;
  for (const listener of listeners) listener();
}

/** Notes the server's clock, so that ages are right although this computer's clock is not. */
export function noteServerTime(iso: string): void {
  aheadMs = Date.parse(iso) - Date.now();
  tick();
}

/** The server's present time, epoch ms, moving every few seconds. */
export function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => nowMs,
  );
}

/** The browser's own variant of the language, since "10:42" and "10:42 AM" are both English. */
function regionalOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** The formats of the language in use. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(regionalOf(i18n.language)), [i18n.language]);
}
