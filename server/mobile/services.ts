import type { MobileService } from '../contract/definitions.ts';
import type { ModelDeclaration } from '../core/model.ts';
import type { ServerModule, ServiceDeclaration } from './module.ts';
import { modelQuery } from './query/model-query.ts';

/** How long a till waits for a page of a model. */
const PAGE_TIMEOUT_MS = 5_000;

/** The services of models: one handler, made from each declaration. */
export function modelServices(models: readonly ModelDeclaration[]): ServiceDeclaration[] {
  return models.map((model) => ({
    name: model.service,
    routingType: 'Failover',
    timeoutMs: PAGE_TIMEOUT_MS,
    kind: 'query',
    answer: modelQuery(model),
  }));
}

/** The services that tills are told of: all but those between servers. */
export function mobileServices(modules: readonly ServerModule[]): MobileService[] {
  return modules.flatMap((module) => {
    const hidden = new Set(
      module.models.filter((model) => model.serversOnly === true).map((model) => model.service),
    );
    return module.services
      .filter((service) => !hidden.has(service.name))
      .map(({ name, routingType, timeoutMs }) => ({
        name,
        module: module.name,
        routingType,
        timeoutMs,
      }));
  });
}
