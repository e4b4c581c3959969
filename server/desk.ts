import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { MobileService } from './contract/definitions.ts';
import { mobileServiceSchema } from './contract/definitions.ts';
import type { DeskParts } from './manage/definitions/parts.ts';
import type { ServerModule } from './mobile/module.ts';
import { mobileServices } from './mobile/services.ts';
import { modelsOf } from './modules.ts';
import type { Storage } from './storage/port.ts';
import type { LiveDefinitions } from './sync/live-definitions.ts';
import { packagePath } from './system/paths.ts';

/** The standard list of mobile services, as it is shipped: what the definitions windows may name. */
export async function readServiceCatalogue(): Promise<MobileService[]> {
  const text = await readFile(packagePath('resources', 'services.json'), 'utf8');
  return z.array(mobileServiceSchema).parse(JSON.parse(text));
}

/** What the definitions windows of a server stand on. */
export async function openDesk(parts: {
  storage: Storage;
  definitions: LiveDefinitions;
  modules: readonly ServerModule[];
  joined: string | null;
}): Promise<DeskParts> {
  const { storage, definitions, modules, joined } = parts;
  return {
    ...{ storage, joined },
    models: modelsOf(modules),
    services: { ofModules: mobileServices(modules), standard: await readServiceCatalogue() },
    refresh: () => definitions.refresh(),
    settled: () => definitions.settled(),
  };
}
