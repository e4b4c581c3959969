import type { Definitions } from '../../contract/definitions.ts';
import { preference } from '../preferences.ts';
import { PREFERENCES } from './preference-catalogue.ts';

/** Who may change the definitions. */
export interface Owner {
  key: string;
  name: string;
  isSelf: boolean;
}

/**
 * The server that owns the definitions: the one that the preference names; without it a main owns its
 * own, and a store server takes those of the main that it joined (null: of the first main it knows).
 */
export function ownerOf(
  definitions: Definitions,
  self: { key: string; role: 'store' | 'main' },
  joined: string | null,
): Owner {
  const set = preference(definitions, PREFERENCES.owner, null);
  const key = set ?? (self.role === 'main' ? self.key : (joined ?? firstMain(definitions)));
  const name = definitions.servers.find((row) => row.key === key)?.name ?? key;
  return { key, name, isSelf: key === self.key };
}

function firstMain({ servers }: Definitions): string {
  const mains = servers.filter(({ type, active }) => type === 'MAIN' && active);
  return mains.toSorted((a, b) => a.priority - b.priority)[0]?.key ?? '';
}
