import { durationPreferenceMs, placeOf } from '../../preferences.ts';
import { durationText } from '../duration-text.ts';
import type { Rule } from '../rule.ts';
import { shortName } from '../service-roles.ts';
import type { StoreView } from '../store-view.ts';
import { actorIn, tillIn } from '../story.ts';
import type { Fault } from '../finding.ts';
import type { Topology } from '../topology.ts';

const GET_TOKEN = 'org.openbravo.mobile.core.authenticate.GetToken';

/** A till gets a fresh token before the one that it has is too old. */
export const refreshInterval: Rule = {
  name: 'refresh-interval',
  check: ({ topology, stores }) => stores.flatMap((view) => faultIn(topology, view) ?? []),
};

function faultIn({ definitions }: Topology, view: StoreView): Fault | undefined {
  const times = [undefined, ...view.tills].map((till) => {
    const place = till === undefined ? { organization: view.store.id } : placeOf(till);
    return {
      till,
      ageMs: durationPreferenceMs(definitions, 'tokenMaxAge', place),
      refreshMs: durationPreferenceMs(definitions, 'tokenRefresh', place),
    };
  });
  const wrong = times.find(({ ageMs, refreshMs }) => refreshMs >= ageMs);
  if (wrong === undefined) return undefined;
  const { ageMs, refreshMs } = wrong;
  const at = { ...view, tills: wrong.till === undefined ? view.tills : [wrong.till] };
  const when =
    refreshMs === ageMs ? 'at the moment at which' : `${durationText(refreshMs - ageMs)} before`;
  return {
    severity: 'error',
    stores: [view.store],
    services: [GET_TOKEN],
    message: `In ${view.store.name}, tills ask for a fresh token every ${durationText(refreshMs)}, and a token is refused after ${durationText(ageMs)}.`,
    story: `${tillIn(at)} is logged in at nine. After ${durationText(ageMs)} every server refuses its token, ${when} it would ask for a fresh one. The cashier is sent to the log-in in the middle of a sale.`,
    steps: [
      {
        actor: actorIn(at),
        does: `asks for a fresh token (${shortName(GET_TOKEN)})`,
        service: GET_TOKEN,
        reaches: [],
      },
    ],
    mend: 'Make the refresh interval much shorter than the age: 30 minutes and 12 hours are usual.',
  };
}
