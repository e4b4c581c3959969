import type {
  DefinitionsSummary,
  OrganizationTree,
  PreferenceList,
  Routes,
  ServerList,
  ServiceList,
  TerminalList,
} from '../../contract/definitions-api.ts';
import type { MobileService } from '../../contract/definitions.ts';
import { editionOf } from '../../core/definitions/edition.ts';
import { effectiveOf } from '../../core/definitions/effective.ts';
import type { Owner } from '../../core/definitions/owner.ts';
import { ownerOf } from '../../core/definitions/owner.ts';
import { PREFERENCE_CATALOGUE, catalogued } from '../../core/definitions/preference-catalogue.ts';
import { serviceList } from '../../core/definitions/service-list.ts';
import { treeOf } from '../../core/definitions/tree.ts';
import { organizationsOf, routesOf, serversInOrder } from '../../core/definitions/who-serves.ts';
import type { PreferencePlace } from '../../core/preferences.ts';
import { multiServerEnabled, placeOf } from '../../core/preferences.ts';
import { offeredServices } from '../../core/servers.ts';
import type { UserCaller } from '../../security/ports.ts';
import { ManageFault } from '../fault.ts';
import type { Desk } from './parts.ts';
import { statusOf, uptakeOf } from './status.ts';

/** The services of the estate as this server knows them. */
export function servicesOf({ services }: Desk): readonly MobileService[] {
  return serviceList(services.ofModules, services.standard).services;
}

/** Who owns the definitions. */
export function ownerAt({ definitions, self, joined }: Desk): Owner {
  return ownerOf(definitions.current(), self, joined);
}

/** Why this user cannot change definitions here; null where nothing stands in the way. */
export function readOnlyReason(desk: Desk, caller: UserCaller): DefinitionsSummary['readOnly'] {
  const { isSelf, key, name } = ownerAt(desk);
  if (!isSelf) {
    const url = desk.definitions.current().servers.find((row) => row.key === key)?.url ?? '';
    const where = URL.canParse(url) ? ` (${new URL(url).origin}/manage)` : '';
    const message = `The definitions belong to the server "${name}". Change them there${where}; they come here by themselves.`;
    return { code: 'notOwner', message };
  }
  if (caller.role === 'administrator') return null;
  const message = 'Only an administrator changes definitions. Managers can look at all of them.';
  return { code: 'administrator', message };
}

export async function summary(desk: Desk, caller: UserCaller): Promise<DefinitionsSummary> {
  const definitions = desk.definitions.current();
  const { changeNo } = await desk.storage.newestDefinitionChange();
  const enabled = multiServerEnabled(definitions);
  const isUsable = definitions.servers.some(({ active, url }) => active && url !== '');
  return {
    version: definitions.version,
    edition: editionOf(definitions),
    changeNo,
    owner: ownerAt(desk),
    readOnly: readOnlyReason(desk, caller),
    multiServer: { enabled, operational: enabled && isUsable },
  };
}

export async function servers(desk: Desk): Promise<ServerList> {
  const definitions = desk.definitions.current();
  const edition = editionOf(definitions);
  const services = servicesOf(desk);
  const takers = new Map(
    (await desk.storage.definitionTakers())
      .filter(({ kind }) => kind === 'server')
      .map((taker) => [taker.id, taker]),
  );
  const rows = definitions.servers.map((server) => {
    const taker = takers.get(server.key);
    const own = server.key === desk.self.key;
    return {
      ...server,
      status: statusOf(desk, server),
      uptake: own ? ('current' as const) : uptakeOf(taker, edition),
      offers: offeredServices(server, services),
      serves: organizationsOf(definitions, server),
    };
  });
  return { edition, servers: rows.toSorted((a, b) => a.priority - b.priority) };
}

export function services(desk: Desk): ServiceList {
  const { ofModules, standard } = desk.services;
  const list = serviceList(ofModules, standard);
  const here = new Set(ofModules.map(({ name }) => name));
  const offers = serversInOrder(desk.definitions.current()).map(
    (server) => [server.key, new Set(offeredServices(server, list.services))] as const,
  );
  return {
    findings: list.findings,
    services: list.services.map((service) => ({
      ...service,
      here: here.has(service.name),
      servers: offers.filter(([, names]) => names.has(service.name)).map(([key]) => key),
    })),
  };
}

export function organizations(desk: Desk): OrganizationTree {
  const definitions = desk.definitions.current();
  return {
    edition: editionOf(definitions),
    multiServer: multiServerEnabled(definitions),
    organizations: treeOf(definitions, servicesOf(desk)),
  };
}

export function routes(desk: Desk, organization: string): Routes {
  const definitions = desk.definitions.current();
  requireOrganization(desk, organization);
  return routesOf(definitions, servicesOf(desk), organization);
}

export async function terminals(desk: Desk): Promise<TerminalList> {
  const definitions = desk.definitions.current();
  const edition = editionOf(definitions);
  const seen = new Map(
    (await desk.storage.tillsSeen(0)).map((till) => [till.terminal, till] as const),
  );
  return {
    edition,
    terminals: definitions.terminals.map((terminal) => {
      const till = seen.get(terminal.id);
      const lastSeenAt = till === undefined ? null : new Date(till.lastSeenMs).toISOString();
      return { ...terminal, lastSeenAt, uptake: uptakeOf(till, edition) };
    }),
  };
}

export function preferences(
  desk: Desk,
  asked: { terminal?: string | undefined; organization?: string | undefined },
): PreferenceList {
  const definitions = desk.definitions.current();
  const place = placeAsked(desk, asked);
  return {
    edition: editionOf(definitions),
    place: {
      terminal: place.terminal ?? null,
      organization: place.organization,
      client: place.client ?? null,
    },
    preferences: PREFERENCE_CATALOGUE.map((entry) => ({
      ...entry,
      set: definitions.preferences.filter(({ key }) => key === entry.key),
      effective: effectiveOf(definitions, entry, place),
    })),
    others: definitions.preferences.filter(({ key }) => catalogued(key) === undefined),
    clients: [...new Set(definitions.terminals.map(({ client }) => client))].toSorted(),
  };
}

/** An organization has the client of its tills, or of those below it, where these agree. */
function placeAsked(
  desk: Desk,
  asked: { terminal?: string | undefined; organization?: string | undefined },
): PreferencePlace {
  const { terminals: tills } = desk.definitions.current();
  if (asked.terminal !== undefined) {
    const terminal = tills.find(({ id }) => id === asked.terminal);
    if (terminal !== undefined) return placeOf(terminal);
    throw new ManageFault(404, 'unknownTerminal', `There is no till "${asked.terminal}".`);
  }
  if (asked.organization === undefined) return { organization: null };
  requireOrganization(desk, asked.organization);
  const own = tills.filter(({ organization }) => organization === asked.organization);
  const [client, ...others] = new Set((own.length === 0 ? tills : own).map((row) => row.client));
  return {
    organization: asked.organization,
    ...(client !== undefined && others.length === 0 && { client }),
  };
}

function requireOrganization(desk: Desk, id: string): void {
  if (desk.definitions.current().organizations.some((row) => row.id === id)) return;
  throw new ManageFault(404, 'unknownOrganization', `There is no organization "${id}".`);
}
