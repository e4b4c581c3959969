import type { Topology } from '../../../../../server/core/topology/topology.ts';
import { TICKET, topology } from '../estates.ts';

/** Values that an estate file cannot have, and definitions that came from elsewhere can. */

export function withServer(parts: { priority: number }): Topology {
  const before = topology();
  const servers = before.definitions.servers.map((row) =>
    row.key === 'Central' ? { ...row, ...parts } : row,
  );
  return { ...before, definitions: { ...before.definitions, servers } };
}

export function withService(routingType: string): Topology {
  const before = topology();
  const strange = {
    name: 'com.example.loyalty.Points',
    module: 'com.example.loyalty',
    routingType,
    timeoutMs: 5_000,
  };
  return { ...before, services: [...before.services, strange as Topology['services'][number]] };
}

export function withTicketsAs(routingType: 'Ping' | 'Failover', before = topology()): Topology {
  const services = before.services.map((row) =>
    row.name === TICKET ? { ...row, routingType } : row,
  );
  return { ...before, services };
}
