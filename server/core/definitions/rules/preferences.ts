import type { DefinitionFinding } from '../../../contract/definitions-api.ts';
import type { Definitions, Preference } from '../../../contract/definitions.ts';
import type { PreferencePlace } from '../../preferences.ts';
import { durationPreferenceMs, levelOf, placeOf } from '../../preferences.ts';
import { finding } from '../finding.ts';
import { PREFERENCES, catalogued, valueFault } from '../preference-catalogue.ts';

/** What must hold of the preferences: values of their kind, at their levels, and durations that agree. */
export function preferenceFindings(definitions: Definitions): DefinitionFinding[] {
  const active = definitions.preferences.filter((row) => row.active);
  return [
    ...active.flatMap((row) => rowFindings(row, definitions)),
    ...setTwice(active),
    ...refreshFindings(definitions, active),
  ];
}

function fault(
  row: Preference,
  code: string,
  field: string,
  clause: string,
  more: Partial<DefinitionFinding> = {},
): DefinitionFinding {
  const message = `Preference "${catalogued(row.key)?.name ?? row.key}": ${clause}`;
  return finding({ code, model: 'Preference', id: row.id, field, message, ...more });
}

function rowFindings(row: Preference, definitions: Definitions): DefinitionFinding[] {
  const holders = [row.client, row.organization, row.terminal].filter((holder) => holder != null);
  if (holders.length > 1) {
    return [
      fault(
        row,
        'severalHolders',
        '',
        'it names more than one of client, organization and terminal. Name one of them, or none for the system.',
      ),
    ];
  }
  const entry = catalogued(row.key);
  const { level } = levelOf(row);
  if (entry === undefined) {
    return [
      ...holderFindings(row, definitions),
      fault(
        row,
        'unknownPreference',
        'key',
        'this program does not know it and passes it on to tills as it is. Check the spelling.',
        { severity: 'warning' },
      ),
    ];
  }
  if (!entry.levels.includes(level)) {
    return [
      fault(
        row,
        'badLevel',
        level,
        `it cannot be set for one ${level}. Set it for the ${entry.levels.join(' or ')}.`,
      ),
    ];
  }
  const wrong = valueFault(entry, row.value);
  if (wrong !== null) {
    return [
      fault(row, 'badValue', 'value', `"${row.value}" does not do, ${wrong}. Correct the value.`),
    ];
  }
  return [...holderFindings(row, definitions), ...ownerFindings(row, definitions)];
}

function holderFindings(row: Preference, definitions: Definitions): DefinitionFinding[] {
  const { level, holder } = levelOf(row);
  if (holder === null || isHolder(definitions, level, holder)) return [];
  const clause = `the ${level} "${holder}" is not defined or not active. Choose another one, or deactivate the preference.`;
  return [fault(row, 'unknownHolder', level, clause)];
}

function isHolder(definitions: Definitions, level: string, id: string): boolean {
  const { organizations, terminals } = definitions;
  switch (level) {
    case 'terminal':
      return terminals.some((row) => row.id === id && row.active);
    case 'organization':
      return organizations.some((row) => row.id === id && row.active);
    default:
      return terminals.some((row) => row.client === id && row.active);
  }
}

function ownerFindings(row: Preference, { servers }: Definitions): DefinitionFinding[] {
  if (row.key !== PREFERENCES.owner) return [];
  if (servers.some(({ key, type, active }) => key === row.value && type === 'MAIN' && active)) {
    return [];
  }
  return [
    fault(
      row,
      'unknownOwner',
      'value',
      `"${row.value}" is no active main server, so nobody could change the definitions any more. Name one by its key.`,
    ),
  ];
}

function setTwice(active: readonly Preference[]): DefinitionFinding[] {
  const first = new Set<string>();
  return active.flatMap((row) => {
    const { level, holder } = levelOf(row);
    const place = `${row.key} ${level} ${holder ?? ''}`;
    if (first.has(place)) {
      const where = holder === null ? 'the system' : `the ${level} "${holder}"`;
      return fault(
        row,
        'setTwice',
        '',
        `it is set twice for ${where}. Change the one that is there, or deactivate it.`,
      );
    }
    first.add(place);
    return [];
  });
}

/** Wherever the age or the refresh interval is set, or comes down from above, they must agree. */
function refreshFindings(
  definitions: Definitions,
  active: readonly Preference[],
): DefinitionFinding[] {
  const set = active.filter(
    ({ key }) => key === PREFERENCES.tokenMaxAge || key === PREFERENCES.tokenRefresh,
  );
  if (set.length === 0) return [];
  return placesOf(definitions).flatMap(({ name, place, row }) => {
    const ageMs = durationPreferenceMs(definitions, 'tokenMaxAge', place);
    const refreshMs = durationPreferenceMs(definitions, 'tokenRefresh', place);
    if (refreshMs < ageMs) return [];
    const message = `For ${name} a token would be refreshed every ${refreshMs} ms but is refused after ${ageMs} ms, so tills would be logged out. Make the refresh interval shorter than the token’s age.`;
    const about = { model: 'Preference', id: row?.id ?? null, field: 'value' };
    return finding({ code: 'refreshNotBelowAge', ...about, message });
  });
}

/** Every place at which the values can differ from those elsewhere, with the row that makes it one. */
function placesOf(
  definitions: Definitions,
): { name: string; place: PreferencePlace; row: Preference | undefined }[] {
  const { organizations, terminals, preferences } = definitions;
  const rows = preferences.filter(
    ({ key, active }) =>
      active && (key === PREFERENCES.tokenMaxAge || key === PREFERENCES.tokenRefresh),
  );
  const held = (level: string, id: string): Preference | undefined =>
    rows.find((row) => levelOf(row).level === level && levelOf(row).holder === id);
  const system = rows.find((row) => levelOf(row).level === 'system');
  return [
    { name: 'the system', place: { organization: null }, row: system },
    ...organizations
      .filter(({ id, active }) => active && held('organization', id) !== undefined)
      .map(({ id, name }) => ({
        name: `organization "${name}"`,
        place: { organization: id },
        row: held('organization', id),
      })),
    ...terminals
      .filter(({ active }) => active)
      .map((till) => ({
        name: `till "${till.searchKey}"`,
        place: placeOf(till),
        row:
          held('terminal', till.id) ??
          held('organization', till.organization) ??
          held('client', till.client) ??
          system,
      })),
  ];
}
