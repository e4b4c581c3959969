import type { Rule } from './rule.ts';
import { ambiguousPriority } from './rules/ambiguous-priority.ts';
import { definitionsOwner } from './rules/definitions-owner.ts';
import { duplicateServer } from './rules/duplicate-server.ts';
import { duplicateUrl } from './rules/duplicate-url.ts';
import { enablementLevel } from './rules/enablement-level.ts';
import { enablementOff } from './rules/enablement-off.ts';
import { failOverSplits } from './rules/fail-over-splits.ts';
import { incompleteBooks } from './rules/incomplete-books.ts';
import { legacyClients } from './rules/legacy-clients.ts';
import { loopbackUrl } from './rules/loopback-url.ts';
import { mainReachable } from './rules/main-reachable.ts';
import { mixedContent } from './rules/mixed-content.ts';
import { noStores } from './rules/no-stores.ts';
import { onlyAMain } from './rules/only-a-main.ts';
import { organizationReference } from './rules/organization-reference.ts';
import { organizationTree } from './rules/organization-tree.ts';
import { pingInterval } from './rules/ping-interval.ts';
import { preferenceValue } from './rules/preference-value.ts';
import { priorityNumber } from './rules/priority-number.ts';
import { refreshInterval } from './rules/refresh-interval.ts';
import { routingType } from './rules/routing-type.ts';
import { sameMains } from './rules/same-mains.ts';
import { selfReference } from './rules/self-reference.ts';
import { serverUrl } from './rules/server-url.ts';
import { serverWithoutStores } from './rules/server-without-stores.ts';
import { serviceDefinedTwice } from './rules/service-defined-twice.ts';
import { serviceWithoutServer } from './rules/service-without-server.ts';
import { storeServerRole } from './rules/store-server-role.ts';
import { storeWithoutServers } from './rules/store-without-servers.ts';
import { timeouts } from './rules/timeouts.ts';
import { unknownService } from './rules/unknown-service.ts';

/** Every rule, in the order in which its findings are listed: what loses sales first. */
export const RULES: readonly Rule[] = [
  noStores,
  mainReachable,
  sameMains,
  failOverSplits,
  incompleteBooks,
  serviceWithoutServer,
  ambiguousPriority,
  priorityNumber,
  duplicateServer,
  duplicateUrl,
  selfReference,
  serverUrl,
  loopbackUrl,
  mixedContent,
  unknownService,
  serviceDefinedTwice,
  routingType,
  organizationTree,
  organizationReference,
  serverWithoutStores,
  timeouts,
  refreshInterval,
  pingInterval,
  preferenceValue,
  enablementLevel,
  enablementOff,
  definitionsOwner,
  legacyClients,
  onlyAMain,
  storeServerRole,
  storeWithoutServers,
];
