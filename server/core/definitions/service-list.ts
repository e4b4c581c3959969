import type { DefinitionFinding } from '../../contract/definitions-api.ts';
import type { MobileService } from '../../contract/definitions.ts';
import { finding } from './finding.ts';

/**
 * The mobile services of an estate: those of the modules here, then those of the standard list that no
 * module here provides. A name that two modules define is told; where the routing types differ it is an
 * error, because tills would call one of the two in the wrong way.
 */
export function serviceList(
  ofModules: readonly MobileService[],
  standard: readonly MobileService[],
): { services: MobileService[]; findings: DefinitionFinding[] } {
  const byName = new Map<string, MobileService>();
  const findings: DefinitionFinding[] = [];
  for (const service of ofModules) {
    const other = byName.get(service.name);
    if (other === undefined) byName.set(service.name, service);
    else findings.push(twice(service, other));
  }
  for (const service of standard) {
    if (!byName.has(service.name)) byName.set(service.name, service);
  }
  return { services: [...byName.values()], findings };
}

function twice(service: MobileService, other: MobileService): DefinitionFinding {
  const { name, module, routingType } = service;
  const both = `Service "${name}" is defined by ${other.module} and by ${module}`;
  const about = { model: 'MobileService', id: name, code: 'serviceTwice' };
  if (routingType === other.routingType) {
    const message = `${both}. The first one answers; rename one of them.`;
    return finding({ ...about, severity: 'warning', message });
  }
  const message = `${both}, as ${other.routingType} and as ${routingType}: tills would call one of them in the wrong way. Rename one of them.`;
  return finding({ ...about, field: 'routingType', message });
}
