import type { EstateDifference } from '../../core/estate/diff-estates.ts';
import { diffEstates } from '../../core/estate/diff-estates.ts';
import { readEstateFile } from '../read-estate-file.ts';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** What differs between two estate files, as text or as one JSON object. Throws UsageFault for a file that is none. */
export function compareEstates(before: string, after: string, asJson: boolean): string {
  const differences = diffEstates(readEstateFile(before), readEstateFile(after));
  if (asJson) return JSON.stringify({ differences }, null, 2);
  if (differences.length === 0) return 'They say the same.';
  return differences.flatMap(lines).join('\n');
}

function lines({ kind, name, change, fields }: EstateDifference): string[] {
  return [
    `${SIGNS[change]} ${kind} ${name}`,
    ...fields.map(
      ({ field, before, after }) =>
        `    ${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
    ),
  ];
}
