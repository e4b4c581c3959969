import type { TFunction } from 'i18next';
import type { PreferenceEntry } from '../../../../server/contract/definitions-api.ts';
import type { Format } from '../../../format.ts';

const KNOWN = [
  'OBMOBC_MultiServerArchitecture',
  'OBMOBC_AuthenticationTokenMaxAge',
  'OBMOBC_RequestRouterRefreshTokenInterval',
  'OBMOBC_RequestRouterPingTimeInterval',
  'OBMOBC_Ping_Periodicity',
  'OBMOBC_TransitionToOfflineWait',
  'OBMOBC_FailedTransitionToOnlineWaitTime',
  'Backroom_BlockInTransition',
  'Backroom_DefinitionsOwner',
] as const;

type Named = Pick<PreferenceEntry, 'key' | 'name'>;

/** What a preference is called, in the language of the screens where we know it. */
export function preferenceName(t: TFunction, { key, name }: Named): string {
  const known = KNOWN.find((one) => one === key);
  return known === undefined ? name : t(`estate.preference.${known}.name`);
}

/** What it does, in the language of the screens where we know it. */
export function preferenceMeaning(t: TFunction, { key, meaning }: PreferenceEntry): string {
  const known = KNOWN.find((one) => one === key);
  return known === undefined ? meaning : t(`estate.preference.${known}.meaning`);
}

/** A value as people read it: a span of time, on or off, the name of a server. */
export function valueWord(
  t: TFunction,
  format: Format,
  { kind }: Pick<PreferenceEntry, 'kind'>,
  value: string,
  serverName: (key: string) => string,
): string {
  switch (kind) {
    case 'duration':
      return /^\d{1,15}$/.test(value) ? format.span(Number(value)) : value;
    case 'yesNo':
      if (value !== 'Y' && value !== 'N') return value;
      return t(value === 'Y' ? 'estate.value.on' : 'estate.value.off');
    case 'serverKey':
      return serverName(value);
  }
}
