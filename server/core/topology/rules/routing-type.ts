import { routingTypeSchema } from '../../../contract/definitions.ts';
import type { MobileService } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { isTransaction, shortName } from '../service-roles.ts';

const KNOWN: ReadonlySet<string> = new Set(routingTypeSchema.options);

/** Each service has a routing type that exists and that suits what it does. */
export const routingType: Rule = {
  name: 'routing-type',
  check({ topology }) {
    return topology.services.flatMap((service) => {
      if (!KNOWN.has(service.routingType)) return [unknown(service)];
      if (service.routingType === 'Ping' && isTransaction(service)) return [pinged(service)];
      return [];
    });
  },
};

function unknown(service: MobileService): Fault {
  return {
    severity: 'error',
    services: [service.name],
    message: `The routing type of ${service.name}, "${service.routingType}", does not exist.`,
    story: `A till wants to call ${shortName(service.name)} and does not know whether one server is to get the call or all of them.`,
    mend: `Use one of ${[...KNOWN].join(', ')}.`,
  };
}

function pinged(service: MobileService): Fault {
  return {
    severity: 'error',
    services: [service.name],
    message: `${service.name} stores records, and its routing type is Ping.`,
    story: `A till sends ${shortName(service.name)} as a ping: to servers that are offline, and to no other. While every server is up, the record is sent to nobody.`,
    mend: 'Make it Transaction (or Broadcast for the older clients).',
  };
}
