import { centralAggregation } from './plans/central-aggregation.ts';
import { mainAndFailover } from './plans/main-and-failover.ts';
import { sharedStoreServers } from './plans/shared-store-servers.ts';
import { splitServices } from './plans/split-services.ts';
import type { Scenario } from './scenario.ts';

/** The scenarios that can be played, in the order of `all`. */
export const SCENARIOS: readonly Scenario[] = [
  mainAndFailover,
  sharedStoreServers,
  centralAggregation,
  splitServices,
];
