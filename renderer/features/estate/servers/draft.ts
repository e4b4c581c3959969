import type {
  DefinitionChange,
  DefinitionFinding,
  ServerRow,
} from '../../../../server/contract/definitions-api.ts';

/** Members of a row, as a change names them. */
type Fields = Extract<DefinitionChange, { action: 'create' }>['row'];

/** A server's definition as it stands in the form. */
export interface ServerDraft {
  name: string;
  description: string;
  key: string;
  type: ServerRow['type'];
  url: string;
  /** As typed: the server says what is wrong with it. */
  priority: string;
  allOrganizations: boolean;
  organizations: readonly string[];
  /** Which services it offers: all, only those named, or all but those named. */
  offers: 'all' | ServerRow['definedServices'];
  services: readonly string[];
  replicatesWith: readonly string[];
}
export type DraftField = keyof ServerDraft;

/** A form for a new server; it is tried after those that are there. */
export function newDraft(servers: readonly ServerRow[]): ServerDraft {
  const last = Math.max(0, ...servers.map(({ priority }) => priority));
  return {
    name: '',
    description: '',
    key: '',
    type: 'STORE',
    url: '',
    priority: String(Math.floor(last / 10) * 10 + 10),
    allOrganizations: false,
    organizations: [],
    offers: 'all',
    services: [],
    replicatesWith: [],
  };
}

/** A server's definition put into the form. */
export function draftOf(server: ServerRow): ServerDraft {
  const { name, description, key, type, url, allOrganizations, organizations, services } = server;
  return {
    ...{ name, description, key, type, url, allOrganizations, organizations, services },
    priority: String(server.priority),
    offers: server.allServices ? 'all' : server.definedServices,
    replicatesWith: server.replicatesWith ?? [],
  };
}

/** The change that the form asks for: only what a person has altered. */
export function changeOf(draft: ServerDraft, server: ServerRow | undefined): DefinitionChange {
  const row = rowOf(draft);
  if (server === undefined) return { action: 'create', model: 'MobileServer', row };
  const before = rowOf(draftOf(server));
  const fields = Object.fromEntries(
    Object.entries(row).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
    ),
  );
  return { action: 'update', model: 'MobileServer', id: server.id, fields };
}

/** The sentence for each field of the form that has a fault. */
export function faultsByField(
  faults: readonly DefinitionFinding[],
): Partial<Record<DraftField, string>> {
  const found: Partial<Record<DraftField, string>> = {};
  for (const { field, message } of faults) {
    const [name = ''] = field.split('.');
    const shown = (FIELD_OF[name] ?? name) as DraftField;
    found[shown] = found[shown] === undefined ? message : `${found[shown]} ${message}`;
  }
  return found;
}

/** Members of a definition that are part of another field of the form. */
const FIELD_OF: Record<string, DraftField> = {
  allServices: 'offers',
  definedServices: 'offers',
};

function rowOf(draft: ServerDraft): Fields {
  const { offers, priority, organizations, services, replicatesWith, type, ...texts } = draft;
  return {
    ...texts,
    type,
    priority: /^-?\d{1,9}$/.test(priority.trim()) ? Number(priority) : priority,
    organizations: [...organizations],
    allServices: offers === 'all',
    definedServices: offers === 'excluding' ? 'excluding' : 'only',
    services: offers === 'all' ? [] : [...services],
    replicatesWith: type === 'MAIN' ? [...replicatesWith] : [],
  };
}
