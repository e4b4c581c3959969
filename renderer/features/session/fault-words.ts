import type { TFunction } from 'i18next';
import { CallError } from '../../client.ts';

const OWN_WORDS = ['refused', 'cashier', 'tooManyTries'] as const;
const SETUP_WORDS = ['badCode', 'shortPassword'] as const;

/** Why a log-in or set-up failed, in the language of the screens. */
export function faultWords(t: TFunction, error: unknown): string {
  if (!(error instanceof CallError)) return t('session.failed', { message: String(error) });
  if (error.kind === 'unreachable') return t('session.unreachable');
  const own = OWN_WORDS.find((code) => code === error.code);
  if (own) return t(`session.${own}`);
  const setup = SETUP_WORDS.find((code) => code === error.code);
  if (setup) return t(`setup.${setup}`);
  return t('session.failed', { message: error.message });
}
