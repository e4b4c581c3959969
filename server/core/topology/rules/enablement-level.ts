import { PREFERENCES } from '../../definitions/preference-catalogue.ts';
import { levelOf } from '../../preferences.ts';
import type { Rule } from '../rule.ts';

/** The multi-server architecture is switched on for the system as a whole, or not at all. */
export const enablementLevel: Rule = {
  name: 'enablement-level',
  check({ topology }) {
    const { preferences, organizations } = topology.definitions;
    return preferences
      .filter((row) => row.active && row.key === PREFERENCES.multiServer)
      .filter((row) => levelOf(row).level !== 'system')
      .map((row) => {
        const { level, holder } = levelOf(row);
        const place = organizations.find(({ id }) => id === holder)?.name ?? holder ?? '';
        return {
          severity: 'error',
          message: `The multi-server architecture is set to "${row.value}" for the ${level} ${place}; it counts at system level only.`,
          story: `The tills of ${place} were to go first. They ask for their servers and get what the system says, as all others do: the setting for ${place} changes nothing.`,
          mend: 'Set it for the system, and assign the servers to the stores that are to go first.',
        };
      });
  },
};
