import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { MobileService } from './contract/definitions.ts';
import { mobileServiceSchema } from './contract/definitions.ts';
import { packagePath } from './system/paths.ts';

/** The standard list of mobile services, as it is shipped: what the definitions windows may name. */
export async function readServiceCatalogue(): Promise<MobileService[]> {
  const text = await readFile(packagePath('resources', 'services.json'), 'utf8');
  return z.array(mobileServiceSchema).parse(JSON.parse(text));
}
