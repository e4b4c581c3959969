import type { Definitions, MobileService } from '../../contract/definitions.ts';
import type { Estate } from '../../contract/estate.ts';

/** What the checker looks at: the definitions of an estate and the services that its modules provide. */
export interface Topology {
  definitions: Definitions;
  /** In the order of their modules; a name may wrongly be there twice. */
  services: readonly MobileService[];
}

/** The topology of an estate file. `standard` are the services of the modules that are installed. */
export function topologyOf(estate: Estate, standard: readonly MobileService[]): Topology {
  const { organizations, servers, terminals, preferences } = estate;
  return {
    definitions: {
      version: 0,
      organizations,
      servers,
      serverKeys: [],
      users: [],
      terminals,
      preferences,
    },
    services: [...standard, ...(estate.services ?? [])],
  };
}
