/** Angles of the colour wheel that are told apart at a glance. */
const HUES = 24;
const FULL_TURN = 360;

/**
 * The hue of a category's tiles, degrees: the same on every till. Lightness and strength are the
 * theme's, so that text on it can be read whatever the hue.
 */
export function hueOf(categoryId: string): number {
  let hash = 2_166_136_261;
  for (const letter of categoryId) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  return (hash % HUES) * (FULL_TURN / HUES);
}

const IMAGE_STARTS: readonly (readonly [start: string, type: string])[] = [
  ['iVBOR', 'png'],
  ['/9j/', 'jpeg'],
  ['R0lGO', 'gif'],
  ['UklGR', 'webp'],
];

/** The address of the picture in a product's row; undefined where it has none that a page can show. */
export function pictureOf(row: Readonly<Record<string, unknown>>): string | undefined {
  const { img } = row;
  if (typeof img !== 'string') return undefined;
  if (img.startsWith('data:image/') || /^https?:/.test(img)) return img;
  const type = IMAGE_STARTS.find(([start]) => img.startsWith(start))?.[1];
  return type === undefined ? undefined : `data:image/${type};base64,${img}`;
}
