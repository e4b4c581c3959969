import type { BootstrapRoute } from '../../bootstrap-route.ts';
import { jsonAnswer } from '../../bootstrap-route.ts';
import { contextInfoOf } from './context-information.ts';

/** Whether this server answers, and whether the session still holds: cheap and without storage. */
export const sessionRoutes: readonly BootstrapRoute[] = [
  {
    path: '/org.openbravo.mobile.core.checkServerAvailability',
    // `backroom` announces our extensions; other clients ignore it.
    answer: (_parameters, { self }) =>
      Promise.resolve(jsonAnswer({ response: { status: 0, backroom: 1, serverKey: self.key } })),
  },
  {
    path: '/org.openbravo.mobile.core/MobileSessionActive',
    answer: (_parameters, { caller }) =>
      Promise.resolve(
        jsonAnswer({ response: { status: 0, data: [{ active: caller !== undefined }] } }),
      ),
  },
  {
    path: '/org.openbravo.mobile.core.context',
    answer: (_parameters, { caller, definitions }) =>
      Promise.resolve(
        jsonAnswer({
          response: {
            status: 0,
            ...(caller && { contextInfo: contextInfoOf(caller, definitions) }),
          },
        }),
      ),
  },
];
