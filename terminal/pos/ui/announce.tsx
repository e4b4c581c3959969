import { useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Tells a screen reader, without moving the focus. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  // A no-break space at the end makes a repetition a change.
  said = said === sentence ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

/** The one live region of the page. */
export function Announcer() {
  const sentence = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  return (
    <p className="till-hidden" aria-live="polite" role="status">
      {sentence}
    </p>
  );
}
