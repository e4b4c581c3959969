import { readFileSync } from 'node:fs';
import { packagePath } from '../../start.ts';
import { UsageFault } from '../fault.ts';

/** The examples, by the name of their file in `resources/estates/`. */
export const EXAMPLES = [
  'main-and-failover',
  'shared-store-servers',
  'central-aggregation',
] as const;

/** The text of an example. Throws UsageFault with the names for one that does not exist. */
export function exampleText(name: string): string {
  if (!EXAMPLES.some((example) => example === name)) {
    throw new UsageFault(`There is no example "${name}". Choose one of ${EXAMPLES.join(', ')}.`);
  }
  return readFileSync(packagePath('resources', 'estates', `${name}.json`), 'utf8');
}
