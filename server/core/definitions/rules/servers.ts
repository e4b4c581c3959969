import type { DefinitionFinding } from '../../../contract/definitions-api.ts';
import type { Definitions, MobileServer, MobileService } from '../../../contract/definitions.ts';
import { comparableUrl } from '../../topology/url.ts';
import { finding } from '../finding.ts';

/** What must hold of the servers: unique names, keys and addresses, and nothing named that is not there. */
export function serverFindings(
  definitions: Definitions,
  services: readonly MobileService[],
): DefinitionFinding[] {
  const active = definitions.servers.filter((server) => server.active);
  return [
    ...active.flatMap((server) => addressFindings(server)),
    ...twins(active, (server) => server.name.trim().toLowerCase()).map(([server, other]) =>
      fault(
        server,
        'sameName',
        'name',
        `"${other.key}" has the name "${other.name}" too. Choose another name for one of them.`,
      ),
    ),
    // A key names a server for good: what was sent to it and its log-ins carry it.
    ...twins(definitions.servers, (server) => server.key).map(([server, other]) =>
      fault(
        server,
        'sameKey',
        'key',
        `its key "${server.key}" belongs to the server "${other.name}"${other.active ? '. Choose another key.' : ', which is not active. Bring that one back, or choose another key.'}`,
      ),
    ),
    ...twins(active, (server) => comparableUrl(server.url) ?? '').map(([server, other]) =>
      sharedAddress(server, other),
    ),
    ...active.flatMap((server) => namedOrganizations(server, definitions)),
    ...active.flatMap((server) => namedServices(server, services)),
  ];
}

/** Pairs that share a key; those whose key is '' share nothing. The later one comes first. */
function twins(
  servers: readonly MobileServer[],
  keyOf: (server: MobileServer) => string,
): [MobileServer, MobileServer][] {
  const first = new Map<string, MobileServer>();
  return servers.flatMap((server): [MobileServer, MobileServer][] => {
    const key = keyOf(server);
    const other = first.get(key);
    if (other !== undefined && key !== '') return [[server, other]];
    first.set(key, server);
    return [];
  });
}

function fault(
  server: MobileServer,
  code: string,
  field: string,
  clause: string,
  more: Partial<DefinitionFinding> = {},
): DefinitionFinding {
  const message = `Server "${server.name}": ${clause}`;
  return finding({ code, model: 'MobileServer', id: server.id, field, message, ...more });
}

function sharedAddress(server: MobileServer, other: MobileServer): DefinitionFinding {
  return server.type === other.type
    ? fault(
        server,
        'sameUrl',
        'url',
        `its URL is that of "${other.name}" too. Each server needs its own: correct one of them.`,
      )
    : fault(
        server,
        'pointsAtItself',
        'url',
        `its URL is that of "${other.name}", so a ${server.type === 'MAIN' ? 'store server would send its sales to itself' : 'till would take the main server for a store server'}. Correct one of the URLs.`,
      );
}

function addressFindings(server: MobileServer): DefinitionFinding[] {
  const { url } = server;
  if (url === '') {
    const clause = 'it has no URL yet, so no till uses it. Give it when the server is set up.';
    return [fault(server, 'noAddress', 'url', clause, { severity: 'warning' })];
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return [
      fault(
        server,
        'badUrl',
        'url',
        `"${url}" is no URL that tills can call. Give it with http:// or https:// and its context path, for example http://192.168.1.10:8427/openbravo.`,
      ),
    ];
  }
  if (parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') {
    return [
      fault(
        server,
        'badUrl',
        'url',
        `"${url}" holds more than an address. Leave out what follows ? or # and any user name.`,
      ),
    ];
  }
  if (parsed.pathname === '/') {
    const clause = `"${url}" has no context path. Most servers answer below one, for example ${url.replace(/\/$/, '')}/openbravo.`;
    return [fault(server, 'noContextPath', 'url', clause, { severity: 'warning' })];
  }
  return [];
}

function namedOrganizations(server: MobileServer, definitions: Definitions): DefinitionFinding[] {
  if (server.allOrganizations) return [];
  const known = new Set(definitions.organizations.filter((row) => row.active).map(({ id }) => id));
  return server.organizations.flatMap((id, index) =>
    known.has(id)
      ? []
      : fault(
          server,
          'unknownOrganization',
          `organizations.${index}`,
          `it serves the organization "${id}", which is not defined or not active. Take it off the list or define it first.`,
        ),
  );
}

/** A name in the list may be part of the names of services; see `offeredServices`. */
function namedServices(
  server: MobileServer,
  services: readonly MobileService[],
): DefinitionFinding[] {
  if (server.allServices) return [];
  return server.services.flatMap((name, index) =>
    name !== '' && services.some((service) => service.name.includes(name))
      ? []
      : fault(
          server,
          'unknownService',
          `services.${index}`,
          `the service "${name}" is none that a module here provides. Correct the name, or force the change where the server has a module of its own.`,
          { forceable: true },
        ),
  );
}
