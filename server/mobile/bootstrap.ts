import type { BootstrapRoute } from './bootstrap-route.ts';
import { sessionRoutes } from './modules/mobile-core/session-routes.ts';
import { scriptRoutes } from './modules/mobile-core/script-routes.ts';
import { loginUtilsRoutes } from './modules/posterminal/login-utils.ts';

/** Everything that a till asks for while it starts and that is no service of `jsonrest`. */
export const bootstrapRoutes: readonly BootstrapRoute[] = [
  ...sessionRoutes,
  ...scriptRoutes,
  ...loginUtilsRoutes,
];
