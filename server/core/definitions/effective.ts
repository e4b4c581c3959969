import type { EffectivePreference, PreferenceEntry } from '../../contract/definitions-api.ts';
import type { Definitions } from '../../contract/definitions.ts';
import type { PreferencePlace } from '../preferences.ts';
import { counts, levelOf, settingsFor } from '../preferences.ts';

/** The value of a preference at a place, where it comes from, and what was passed over on the way. */
export function effectiveOf(
  definitions: Definitions,
  entry: PreferenceEntry,
  place: PreferencePlace,
): EffectivePreference {
  const rows = settingsFor(definitions, entry.key, place);
  const row = rows.find(counts);
  const passed = row === undefined ? rows : rows.slice(0, rows.indexOf(row));
  const ignored = passed
    .filter((other) => !counts(other))
    .map(({ id, value }) => ({ preference: id, value }));
  if (row === undefined) {
    return { value: entry.default, level: 'default', preference: null, holder: null, ignored };
  }
  const { level, holder } = levelOf(row);
  return {
    value: row.value,
    level,
    preference: row.id,
    holder: holder === null ? null : { id: holder, name: holderName(definitions, level, holder) },
    ignored,
  };
}

function holderName({ organizations, terminals }: Definitions, level: string, id: string): string {
  if (level === 'terminal') return terminals.find((row) => row.id === id)?.searchKey ?? id;
  if (level === 'client') return id;
  return organizations.find((row) => row.id === id)?.name ?? id;
}
