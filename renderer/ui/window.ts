/**
 * For windows and drawers: their heads are header elements, which a screen reader would list as second
 * banners of the page.
 */
export const NO_LANDMARK = { header: { role: 'presentation' } };

/** For menus: they stay inside the landmark of their button, and hold nothing but their items. */
export const MENU = {
  position: 'bottom-end',
  shadow: 'md',
  withinPortal: false,
  withInitialFocusPlaceholder: false,
} as const;
