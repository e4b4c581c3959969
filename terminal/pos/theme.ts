import type { MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** The one accent of the screens: a calm teal, dark enough for white text from 7 on. */
const sea: MantineColorsTuple = [
  '#f0fdfa',
  '#ccfbf1',
  '#99f6e4',
  '#5eead4',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#115e59',
  '#134e4a',
];

/** The library's dark greys, tinted as ours are. */
const dark: MantineColorsTuple = [
  '#e6edeb',
  '#b6c4c0',
  '#a3b3af',
  '#6b7b77',
  '#33403e',
  '#2a3534',
  '#222c2b',
  '#192120',
  '#141b1a',
  '#111716',
];

/** Its variables stand in theme.css, written out: the page's policy lets no style elements through. */
export const theme = createTheme({
  colors: { sea, dark },
  primaryColor: 'sea',
  primaryShade: 7,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
});
