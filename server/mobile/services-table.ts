import type { Definitions, MobileService } from '../contract/definitions.ts';
import type { ServerModule, ServiceDeclaration } from './module.ts';

/** The services of all modules, to be found by name. */
export interface ServiceTable {
  /** As the definitions know them. */
  services: readonly MobileService[];
  declaration(name: string): ServiceDeclaration | undefined;
  /** Whether a module declares the service or a server's definition names it. */
  isDefined(name: string, definitions: Definitions): boolean;
}

/** Names are compared as they are: a server that took part of a name for it would answer for a model it does not have. */
export function createServiceTable(modules: readonly ServerModule[]): ServiceTable {
  const declarations = new Map<string, ServiceDeclaration>();
  const services: MobileService[] = [];
  for (const module of modules) {
    for (const service of module.services) {
      const { name, routingType, timeoutMs } = service;
      declarations.set(name, service);
      services.push({ name, module: module.name, routingType, timeoutMs });
    }
  }
  return {
    services,
    declaration: (name) => declarations.get(name),
    isDefined: (name, definitions) =>
      declarations.has(name) ||
      definitions.servers.some(
        (server) =>
          server.active && server.definedServices === 'only' && server.services.includes(name),
      ),
  };
}
