import type { MobileServer } from '../../../contract/definitions.ts';
import { spelling } from '../../servers.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Every name in a server's list is a service, or a part of the names of services. */
export const unknownService: Rule = {
  name: 'unknown-service',
  check({ topology }) {
    const names = topology.services.map((service) => spelling(service.name));
    return topology.definitions.servers
      .filter((server) => server.active && !server.allServices)
      .flatMap((server) =>
        server.services
          .filter(
            (listed) => listed === '' || !names.some((name) => name.includes(spelling(listed))),
          )
          .map((listed) => faultOf(server, listed)),
      );
  },
};

function faultOf(server: MobileServer, listed: string): Fault {
  const only = server.definedServices === 'only';
  return {
    severity: 'error',
    servers: [server.key],
    services: [listed],
    message: `${server.name} ${only ? 'offers' : 'is not to offer'} "${listed}", which is no service and no part of one.`,
    story: only
      ? `A till calls the service that was meant and does not find ${server.name} among those that offer it: it goes elsewhere, or nowhere.`
      : `The service that ${server.name} was to be spared is still asked of it, because the name in the list matches nothing.`,
    mend: 'Correct the name; if a module of yours provides it, define it under "services" in the estate file.',
  };
}
