import type { ServiceDeclaration } from '../../module.ts';

const CONTROLLER = 'org.openbravo.mobile.core.servercontroller';

/** A server tells its state in `mobileServerKey` and `serverStatus`, and is told that of this one. */
export const SERVER_STATUS = `${CONTROLLER}.MobileServerStatusInformation`;
/** The state of the server `serverKey`, as this one knows it. */
export const RETRIEVE_STATUS = `${CONTROLLER}.RetrieveMobileServerStatus`;

/** How servers of the field ask for each other's state; mobile/server-status.ts answers. */
export const serverStatusServices: readonly ServiceDeclaration[] = [
  SERVER_STATUS,
  RETRIEVE_STATUS,
].map((name) => ({ name, routingType: 'Failover', timeoutMs: 10_000, kind: 'listed' }));
