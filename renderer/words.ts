import {
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconCloudOff,
  IconHandStop,
  IconHourglass,
  IconLoader2,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ServerState } from '../server/contract/heartbeat.ts';
import type { DeliveryState, EntryState } from '../server/contract/manage.ts';
import type { Tone } from './ui/tone.ts';

/** How a state looks. Its word is in the locales. */
export interface Look {
  tone: Tone;
  icon: Icon;
}

export const SERVER_LOOK: Record<ServerState, Look> = {
  online: { tone: 'good', icon: IconCircleCheck },
  offline: { tone: 'bad', icon: IconCloudOff },
  'transitioning to online': { tone: 'busy', icon: IconRefresh },
  'transitioning to offline': { tone: 'care', icon: IconLoader2 },
};

/** How a server's state looks; one that nobody knows is calm. */
export function stateLook(state: ServerState | null): Look {
  return state === null ? { tone: 'calm', icon: IconCircleDashed } : SERVER_LOOK[state];
}

export const ENTRY_LOOK: Record<EntryState, Look> = {
  queued: { tone: 'busy', icon: IconSend },
  confirmed: { tone: 'good', icon: IconCircleCheck },
  applied: { tone: 'good', icon: IconCircleCheck },
  waiting: { tone: 'calm', icon: IconHourglass },
  parked: { tone: 'care', icon: IconHandStop },
};

export const DELIVERY_LOOK: Record<DeliveryState, Look> = {
  waiting: { tone: 'busy', icon: IconClock },
  claimed: { tone: 'busy', icon: IconSend },
  acknowledged: { tone: 'good', icon: IconCircleCheck },
  parked: { tone: 'care', icon: IconHandStop },
  withdrawn: { tone: 'calm', icon: IconArrowBackUp },
};

const KNOWN_SERVICES = [
  'OrderLoader',
  'CustomerLoader',
  'CustomerAddrLoader',
  'CancelLayawayLoader',
  'ProcessCashMgmt',
  'ProcessCashClose',
] as const;

/** What a message is about, in a word; the last part of its service's name where it is not ours. */
export function serviceWord(t: TFunction, service: string): string {
  const last = service.slice(service.lastIndexOf('.') + 1);
  const known = KNOWN_SERVICES.find((name) => name === last);
  return known === undefined ? last : t(`service.${known}`);
}

/** Members for a text that counts: the number as people write it, and the one that picks the plural. */
export function counted(count: number, written: string): { count: number; n: string } {
  // Beyond a million some languages have another plural, which these texts do not need.
  return { count: Math.min(count, 999_999), n: written };
}
