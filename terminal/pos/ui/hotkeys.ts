import { useEffect, useEffectEvent } from 'react';

/** Keys and what they do while no window is open above the screen. */
export type Hotkeys = Readonly<Record<string, (() => void) | undefined>>;

/** Single keys that act wherever the focus is; letters only where they are no text. */
export function useHotkeys(keys: Hotkeys): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('[role=dialog]') !== null) return;
    if (event.key.length === 1 && takesText(event.target)) return;
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => act(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Fields for numbers keep the screen's keyboard away, and letters mean nothing in them. */
function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.inputMode !== 'none';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
