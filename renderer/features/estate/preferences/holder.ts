import type {
  DefinitionChange,
  PreferenceLevel,
  PreferenceList,
} from '../../../../server/contract/definitions-api.ts';

type Entry = PreferenceList['preferences'][number];
type SetRow = Entry['set'][number];

/** Whose a preference is: the system (no id), or one client, organization or terminal. */
export interface Holder {
  level: PreferenceLevel;
  id: string;
}

/** Whose a row is. */
export function holderOf(row: SetRow): Holder {
  if (row.terminal != null) return { level: 'terminal', id: row.terminal };
  if (row.organization != null) return { level: 'organization', id: row.organization };
  if (row.client != null) return { level: 'client', id: row.client };
  return { level: 'system', id: '' };
}

/** A holder as the value of a list of choices, and back. */
export function holderText({ level, id }: Holder): string {
  return level === 'system' ? level : `${level} ${id}`;
}

/** The change that sets a preference for a holder: of the row that is there, or by a new one. */
export function settingOf(entry: Entry, holder: Holder, value: string): DefinitionChange {
  const there = entry.set
    .toSorted((a, b) => Number(b.active) - Number(a.active))
    .find((row) => holderText(holderOf(row)) === holderText(holder));
  if (there) {
    const fields = { value, active: true };
    return { action: 'update', model: 'Preference', id: there.id, fields };
  }
  const whose = holder.level === 'system' ? {} : { [holder.level]: holder.id };
  return { action: 'create', model: 'Preference', row: { key: entry.key, value, ...whose } };
}
