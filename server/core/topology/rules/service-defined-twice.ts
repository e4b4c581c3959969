import type { MobileService } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { shortName } from '../service-roles.ts';

/** A service's name is defined once; twice with different routing types is an error. */
export const serviceDefinedTwice: Rule = {
  name: 'service-defined-twice',
  check({ topology }) {
    const first = new Map<string, MobileService>();
    const faults: Fault[] = [];
    for (const service of topology.services) {
      const before = first.get(service.name);
      if (before === undefined) first.set(service.name, service);
      else faults.push(faultOf(before, service));
    }
    return faults;
  },
};

function faultOf(first: MobileService, second: MobileService): Fault {
  const differs = first.routingType !== second.routingType;
  const name = shortName(second.name);
  return {
    severity: differs ? 'error' : 'warning',
    services: [second.name],
    message: `The service ${second.name} is defined twice, by ${first.module} (${first.routingType}) and by ${second.module} (${second.routingType}).`,
    story: differs
      ? `One till reads the first definition and sends ${name} as ${first.routingType}, another the second and sends it as ${second.routingType}. What the one brings to every main, the other brings to one of them.`
      : `The time that ${name} may take is ${first.timeoutMs / 1000} s in one definition and ${second.timeoutMs / 1000} s in the other; a till uses the one that it reads first.`,
    mend: `Remove one of the two, or give the service of ${second.module} a name of its own.`,
  };
}
