import { stringify } from 'yaml';
import type { EstateFormat } from '../../contract/estate.ts';

/** An estate as the text of a file; both formats read back as the same estate. */
export function writeEstate(estate: object, format: EstateFormat): string {
  if (format === 'json') return `${JSON.stringify(estate, null, 2)}\n`;
  // Nothing is folded and nothing is abbreviated, so that a line says what it means by itself.
  return stringify(estate, { lineWidth: 0, aliasDuplicateObjects: false });
}
