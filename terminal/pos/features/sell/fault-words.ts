import type { TicketFault } from '../../../ticket.ts';
import type { Words } from '../../i18n.ts';
import { hasWord } from '../../i18n.ts';

/** Why a cart cannot be sold, in the language in use. */
export function faultWords({ code, message }: TicketFault, t: Words): string {
  const key = `fault.${code}`;
  return hasWord(key) ? t(key, { message }) : message;
}
