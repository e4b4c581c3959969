import type { Definitions, Preference, Terminal } from '../contract/definitions.ts';
import type { PreferenceLevel } from '../contract/definitions-api.ts';
import { PREFERENCES, catalogued, valueFault } from './definitions/preference-catalogue.ts';
import { lineageOf } from './organizations.ts';

/** Where a preference is asked for. What is not given is not looked at. */
export interface PreferencePlace {
  organization: string | null;
  client?: string | null;
  terminal?: string | null;
}

/** The place of a till; the system where there is none. */
export function placeOf(terminal: Terminal | undefined): PreferencePlace {
  if (terminal === undefined) return { organization: null };
  const { id, client, organization } = terminal;
  return { terminal: id, client, organization };
}

/** Whose a row is: the level at which it is set, and its holder there. */
export function levelOf(row: Preference): { level: PreferenceLevel; holder: string | null } {
  if (row.terminal != null) return { level: 'terminal', holder: row.terminal };
  if (row.organization !== null) return { level: 'organization', holder: row.organization };
  if (row.client != null) return { level: 'client', holder: row.client };
  return { level: 'system', holder: null };
}

/**
 * The active rows that set a preference for a place, the nearest first: its terminal, its
 * organization, those above it, its client, the system. Of several at one place the smallest id counts.
 */
export function settingsFor(
  definitions: Definitions,
  key: string,
  place: PreferencePlace,
): Preference[] {
  const nearness = [
    ...(place.terminal == null ? [] : [`terminal:${place.terminal}`]),
    ...lineageOf(definitions, place.organization).map((id) => `organization:${id}`),
    ...(place.client == null ? [] : [`client:${place.client}`]),
    'system:',
  ];
  const rankOf = (row: Preference): number => {
    const { level, holder } = levelOf(row);
    return nearness.indexOf(`${level}:${holder ?? ''}`);
  };
  return definitions.preferences
    .filter((row) => row.active && row.key === key && rankOf(row) >= 0)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1));
}

/** Whether a row counts: a known preference only with a value of its kind, at a level of its own. */
export function counts(row: Preference): boolean {
  const entry = catalogued(row.key);
  if (entry === undefined) return true;
  return entry.levels.includes(levelOf(row).level) && valueFault(entry, row.value) === null;
}

/**
 * The value of a preference at a place (an organization's id stands for its place): that of the
 * nearest row that counts; undefined where none is set.
 */
export function preference(
  definitions: Definitions,
  key: string,
  place: string | null | PreferencePlace,
): string | undefined {
  const at = typeof place === 'object' && place !== null ? place : { organization: place };
  return settingsFor(definitions, key, at).find(counts)?.value;
}

/** A duration preference in ms; its default where nothing that counts is set. */
export function durationPreferenceMs(
  definitions: Definitions,
  name: Exclude<keyof typeof PREFERENCES, 'multiServer' | 'blockInTransition' | 'owner'>,
  place: string | null | PreferencePlace,
): number {
  const key = PREFERENCES[name];
  return Number(preference(definitions, key, place) ?? catalogued(key)?.default);
}

/** Whether the multi-server architecture is switched on; it counts at system level only. */
export function multiServerEnabled(definitions: Definitions): boolean {
  return preference(definitions, PREFERENCES.multiServer, null) === 'Y';
}
