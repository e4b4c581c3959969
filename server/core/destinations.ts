import type { Definitions, MobileService } from '../contract/definitions.ts';
import { offeredServices } from './servers.ts';

/**
 * The keys of the mains that a message must reach: every active main that offers its service, in the
 * order of their priority. Empty at a main, whose own books are where the message ends.
 * `services` are all that the modules declare; a service that none of them declares may still be
 * named by a server's definition.
 */
export function destinationsOf(
  definitions: Definitions,
  services: readonly MobileService[],
  message: { service: string; self: { key: string; role: 'store' | 'main' } },
): string[] {
  const { service, self } = message;
  if (self.role === 'main') return [];
  const known = services.some((row) => row.name === service)
    ? services
    : [...services, undeclared(service)];
  return definitions.servers
    .filter((server) => server.active && server.type === 'MAIN' && server.key !== self.key)
    .filter((server) => offeredServices(server, known).includes(service))
    .toSorted((a, b) => a.priority - b.priority || (a.key < b.key ? -1 : 1))
    .map((server) => server.key);
}

function undeclared(name: string): MobileService {
  return { name, module: '', routingType: 'Transaction', timeoutMs: 1 };
}
