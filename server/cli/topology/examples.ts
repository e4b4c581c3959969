import { readFileSync } from 'node:fs';
import type { EstateFormat } from '../../contract/estate.ts';
import { writeEstate } from '../../core/estate/write-estate.ts';
import { packagePath } from '../../start.ts';
import { UsageFault } from '../fault.ts';

/** The examples, by the name of their file in `resources/estates/`. */
export const EXAMPLES = [
  'main-and-failover',
  'shared-store-servers',
  'central-aggregation',
] as const;

/** The text of an example. Throws UsageFault with the names for one that does not exist. */
export function exampleText(name: string, format: EstateFormat): string {
  if (!EXAMPLES.some((example) => example === name)) {
    throw new UsageFault(`There is no example "${name}". Choose one of ${EXAMPLES.join(', ')}.`);
  }
  const text = readFileSync(packagePath('resources', 'estates', `${name}.json`), 'utf8');
  return format === 'json' ? text : writeEstate(JSON.parse(text) as object, format);
}
