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
 * The server that owns the definitions: the one that the preference names; without it that of the
 * main which this server joined (null: none), and a main that joined no other owns its own.
 */
export function ownerOf(
  definitions: Definitions,
  self: { key: string; role: 'store' | 'main' },
  joined: string | null,
): Owner {
  const set = preference(definitions, PREFERENCES.owner, null);
  const own = self.role === 'main' ? self.key : firstMain(definitions);
  const key = set ?? joined ?? own;
  const name = definitions.servers.find((row) => row.key === key)?.name ?? key;
  return { key, name, isSelf: key === self.key };
}

function firstMain({ servers }: Definitions): string {
  const mains = servers.filter(({ type, active }) => type === 'MAIN' && active);
  return mains.toSorted((a, b) => a.priority - b.priority)[0]?.key ?? '';
}
