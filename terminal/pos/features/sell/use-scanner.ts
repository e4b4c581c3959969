import { useEffect, useEffectEvent } from 'react';
import { feed, NO_BURST } from './wedge.ts';

/** The search box takes scans by itself. */
export const SEARCH_ID = 'product-search';

/**
 * Takes what a scanner types wherever the focus is, unless a window is open. `onScan` says whether it
 * took the code; then a field that the keys went into gets back what stood in it.
 */
export function useScanner(onScan: (code: string) => boolean): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    let burst = NO_BURST;
    let field: { element: HTMLInputElement; value: string } | null = null;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = feed(burst, event.key, event.timeStamp);
      if (next.burst.text.length === 1) {
        const { target } = event;
        field =
          target instanceof HTMLInputElement ? { element: target, value: target.value } : null;
      }
      burst = next.burst;
      if (next.code === null || isElsewhere(event.target) || !scanned(next.code)) return;
      event.preventDefault();
      event.stopPropagation();
      if (field !== null) putBack(field.element, field.value);
    };
    // Before the field that has the focus hears of Enter.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog]') !== null) return true;
  return target instanceof Element && target.id === SEARCH_ID;
}

/** Sets a field as a person would, so that its owner hears of it. */
function putBack(element: HTMLInputElement, value: string): void {
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  own?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
