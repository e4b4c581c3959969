import type { RefObject, UIEvent } from 'react';
import { useLayoutEffect, useState } from 'react';

/** Which rows of a list of equal rows are in sight, and how many tiles fit beside each other. */
export interface InSight {
  columns: number;
  first: number;
  /** Past the last one. */
  end: number;
  onScroll: (event: UIEvent<HTMLElement>) => void;
}

/** Rows above and below those in sight, so that a quick finger meets no gap. */
const SPARE_ROWS = 3;

/** Watches the box that scrolls. Sizes are CSS pixels. */
export function useRowsInSight(
  box: RefObject<HTMLElement | null>,
  tile: { width: number; height: number },
): InSight {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void =>
      setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return {
    columns: Math.max(2, Math.floor(size.width / tile.width)),
    first: Math.max(0, Math.floor(topPx / tile.height) - SPARE_ROWS),
    end: Math.ceil((topPx + size.height) / tile.height) + SPARE_ROWS,
    onScroll: (event) => setTopPx(event.currentTarget.scrollTop),
  };
}
