import type { TFunction } from 'i18next';
import { CallError } from '../../../client.ts';

const OWN_WORDS = [
  'notOwner',
  'administrator',
  'changedMeanwhile',
  'busy',
  'reasonNeeded',
] as const;

/** Why a change could not be made, in the language of the screens where we have the words. */
export function failureWords(t: TFunction, error: unknown): string {
  if (!(error instanceof CallError)) return String(error);
  if (error.kind !== 'refused') return t(`problem.${error.kind}`);
  const own = OWN_WORDS.find((code) => code === error.code);
  return own === undefined ? error.message : t(`estate.failure.${own}`);
}
