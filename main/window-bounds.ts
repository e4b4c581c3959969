import type { WindowBounds } from './settings-schema.ts';

/** A rectangle of the desktop, in its pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const DEFAULT_SIZE = { width: 1280, height: 832 };
export const SMALLEST_SIZE = { width: 720, height: 520 };
/** How much of the window must be on a display for a person to get hold of it. */
const VISIBLE_EDGE = 64;

/**
 * Where the window opens: where it was, if that is still on one of the displays (a display may have
 * been unplugged), else centred by the system at a size that fits the first display.
 */
export function openingBounds(
  saved: WindowBounds | undefined,
  displays: readonly Area[],
): WindowBounds | { width: number; height: number } {
  if (saved !== undefined && displays.some((display) => canBeReached(saved, display))) return saved;
  const { width, height } = displays[0] ?? DEFAULT_SIZE;
  return {
    width: Math.min(DEFAULT_SIZE.width, width),
    height: Math.min(DEFAULT_SIZE.height, height),
  };
}

/** The title bar is at the top, so the top edge counts, not just any corner. */
function canBeReached(bounds: WindowBounds, display: Area): boolean {
  const overlap =
    Math.min(bounds.x + bounds.width, display.x + display.width) - Math.max(bounds.x, display.x);
  return (
    overlap >= VISIBLE_EDGE &&
    bounds.y >= display.y &&
    bounds.y <= display.y + display.height - VISIBLE_EDGE
  );
}
