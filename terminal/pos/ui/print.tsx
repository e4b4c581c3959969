import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

/** Lays paper out beside the page, where only the printer sees it. */
export function PrintArea({ children }: { children: ReactNode }) {
  const [place] = useState(() => {
    const element = document.createElement('div');
    element.className = 'till-paper';
    return element;
  });
  useEffect(() => {
    document.body.append(place);
    return () => place.remove();
  }, [place]);
  return createPortal(children, place);
}
