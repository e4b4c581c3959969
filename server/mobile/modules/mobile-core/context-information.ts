import type { Definitions } from '../../../contract/definitions.ts';
import type { Caller } from '../../../security/ports.ts';
import type { QueryHandler } from '../../module.ts';

/** Who a session is, in the words of the field; a client that sees it change locks itself. */
export interface ContextInfo {
  userId: string;
  roleId: string;
  orgId: string;
  clientId: string;
}

/** The `contextInfo` of a caller: at a till, its organization and client. */
export function contextInfoOf(caller: Caller, definitions: Definitions): ContextInfo {
  if (caller.kind === 'server') {
    return { userId: caller.serverKey, roleId: 'server', orgId: '0', clientId: '0' };
  }
  const till = definitions.terminals.find((terminal) => terminal.id === caller.terminal);
  return {
    userId: caller.userId,
    roleId: caller.role,
    orgId: till?.organization ?? caller.organization,
    clientId: till?.client ?? definitions.terminals[0]?.client ?? '0',
  };
}

/** `login.ContextInformation`: one row, and the sign that this server answers. */
export const contextInformation: QueryHandler = (_parameters, { caller, definitions }) =>
  Promise.resolve({ ok: true, data: [{ ...contextInfoOf(caller, definitions) }] });
