import type { ModelDeclaration } from '../../../../core/model.ts';

/** The services of master data are named `<prefix>.<model>`. */
export const MASTER = 'org.openbravo.retail.posterminal.master';

/**
 * Declares a model of master data. Without further words it belongs to everyone, is ordered by its
 * id, and remote searches may name its identifier.
 */
export function model(
  name: string,
  properties: ModelDeclaration['properties'],
  more: Partial<Omit<ModelDeclaration, 'name' | 'service' | 'properties'>> = {},
): ModelDeclaration {
  return {
    name,
    service: `${MASTER}.${name}`,
    properties,
    scope: 'shared',
    order: [],
    searchable: '_identifier' in properties ? ['id', '_identifier'] : [],
    ...more,
  };
}
