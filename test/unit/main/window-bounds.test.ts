import { describe, expect, it } from 'vitest';
import { openingBounds } from '../../../main/window-bounds.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const window = { x: 100, y: 80, width: 1000, height: 700 };

describe('where the window opens', () => {
  it('is where it was, on any display', () => {
    expect(openingBounds(window, [display])).toEqual(window);
    const aside = { ...window, x: 2000 };
    expect(openingBounds(aside, [display, second])).toEqual(aside);
  });

  it.each([
    ['its display is gone', { ...window, x: 2000 }],
    ['it is above the screen', { ...window, y: -300 }],
    ['hardly anything of it is left', { ...window, x: 1900 }],
    ['it was never opened', undefined],
  ])('is new where %s', (_why, saved) => {
    expect(openingBounds(saved, [display])).toEqual({ width: 1280, height: 832 });
  });

  it('fits a small display', () => {
    expect(openingBounds(undefined, [{ ...display, width: 1024, height: 600 }])).toEqual({
      width: 1024,
      height: 600,
    });
  });
});
