import { IconCircleCheck, IconClock, IconQuestionMark } from '@tabler/icons-react';
import type { UptakeState } from '../../../server/contract/definitions-api.ts';
import type { Look } from '../../words.ts';

export const UPTAKE_LOOK: Record<UptakeState, Look> = {
  current: { tone: 'good', icon: IconCircleCheck },
  behind: { tone: 'care', icon: IconClock },
  unknown: { tone: 'calm', icon: IconQuestionMark },
};

/** The part of a service's name that tells it apart. */
export function shortName(service: string): string {
  return service.replace(/^org\.openbravo\.(retail\.posterminal|mobile\.core)\./, '');
}
