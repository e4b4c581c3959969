import { checkTopology } from '../../../server/core/topology/check.ts';
import type { Finding } from '../../../server/core/topology/finding.ts';
import { WRONG_ESTATES } from '../../unit/core/topology/wrong-estates.ts';
import type { EstateDefinitions } from './running-estate.ts';

/** A wrong estate of the checker's tests by its name, and what the checker says of it now. */
export function wrongEstate(what: string): { finding: Finding; definitions: EstateDefinitions } {
  const wrong = WRONG_ESTATES.find((each) => each.what === what);
  if (wrong === undefined) throw new Error(`no wrong estate is called "${what}"`);
  const finding = checkTopology(wrong.topology).find(({ story }) => story === wrong.story);
  if (finding === undefined) throw new Error(`the checker does not tell of "${what}"`);
  return { finding, definitions: wrong.topology.definitions };
}
