import { PREFERENCES } from '../../definitions/preference-catalogue.ts';
import { preference } from '../../preferences.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { namesOf } from '../story.ts';

/** One main owns the definitions; where there are several mains, it is named. */
export const definitionsOwner: Rule = {
  name: 'definitions-owner',
  check(survey): Fault[] {
    const { definitions } = survey.topology;
    const owner = preference(definitions, PREFERENCES.owner, null);
    if (owner !== undefined) {
      const named = survey.server(owner);
      if (named?.type === 'MAIN' && named.active) return [];
      return [
        {
          severity: 'error',
          servers: [owner],
          message: `The definitions are to be owned by ${owner}, which is no active main server of this estate.`,
          story: `An administrator opens a main to change a priority. It shows the definitions read-only, because they belong to ${owner}, which cannot own them.`,
          mend: `Set the preference ${PREFERENCES.owner} to the key of a main server.`,
        },
      ];
    }
    const mains = definitions.servers.filter((row) => row.active && row.type === 'MAIN');
    if (mains.length < 2) return [];
    return [
      {
        severity: 'advice',
        servers: mains.map((main) => main.key),
        message: `There are ${mains.length} mains, and none is named as the owner of the definitions.`,
        story: `One administrator changes a priority at ${mains[0]?.name ?? ''}, another at ${mains[1]?.name ?? ''}. Both were allowed to, and store servers that joined the one do not hear what was changed at the other.`,
        mend: `Set the preference ${PREFERENCES.owner} to the key of one of ${namesOf(mains)}.`,
      },
    ];
  },
};
