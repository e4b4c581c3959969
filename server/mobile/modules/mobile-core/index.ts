import type { ServerModule, ServiceDeclaration } from '../../module.ts';
import { modelServices } from '../../services.ts';
import { contextInformation } from './context-information.ts';
import { definitionModels } from './definition-models.ts';
import { serverStatusServices } from './server-status.ts';

const CORE = 'org.openbravo.mobile.core';

/** Services with paths of their own, or that the router answers itself because they touch sessions. */
const listed: readonly ServiceDeclaration[] = [
  {
    name: `${CORE}.authenticate.GetToken`,
    routingType: 'Failover',
    timeoutMs: 10_000,
    kind: 'listed',
  },
  { name: `${CORE}.context`, routingType: 'Failover', timeoutMs: 10_000, kind: 'listed' },
  { name: `${CORE}.loginutils`, routingType: 'Failover', timeoutMs: 20_000, kind: 'listed' },
  { name: `${CORE}.logout`, routingType: 'Broadcast', timeoutMs: 10_000, kind: 'listed' },
  { name: `${CORE}/LoginHandler`, routingType: 'Failover', timeoutMs: 5_000, kind: 'listed' },
  { name: `${CORE}/MobileSessionActive`, routingType: 'Ping', timeoutMs: 10_000, kind: 'listed' },
  {
    name: `${CORE}.checkServerAvailability`,
    routingType: 'Ping',
    timeoutMs: 5_000,
    kind: 'listed',
  },
];

/** What any mobile application needs: sessions, availability, and the definitions for servers. */
export const mobileCore: ServerModule = {
  name: CORE,
  models: definitionModels,
  services: [
    ...listed,
    ...serverStatusServices,
    {
      // A client asks it of an online server too, so it is no Ping in spite of its use as one.
      name: `${CORE}.login.ContextInformation`,
      routingType: 'Failover',
      timeoutMs: 10_000,
      kind: 'query',
      answer: contextInformation,
    },
    ...modelServices(definitionModels),
  ],
};
