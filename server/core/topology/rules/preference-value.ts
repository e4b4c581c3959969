import { catalogued, valueFault } from '../../definitions/preference-catalogue.ts';
import type { Rule } from '../rule.ts';

/** A preference that is set has a value of its kind, within its bounds. */
export const preferenceValue: Rule = {
  name: 'preference-value',
  check({ topology }) {
    return topology.definitions.preferences
      .filter((row) => row.active)
      .flatMap((row) => {
        const entry = catalogued(row.key);
        const fault = entry === undefined ? null : valueFault(entry, row.value);
        if (entry === undefined || fault === null) return [];
        return [
          {
            severity: 'error',
            message: `${entry.name} (${row.key}) is set to "${row.value}": ${fault}.`,
            story: `The setting was meant to change something. The value is none, so every server and till goes on with ${entry.default ?? 'what it did before'}.`,
            mend: `Correct the value or remove the preference.`,
          },
        ];
      });
  },
};
