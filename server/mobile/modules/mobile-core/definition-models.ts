import type { DEFINITION_SCHEMAS } from '../../../contract/definitions.ts';
import type { ModelDeclaration } from '../../../core/model.ts';
import type { Properties } from '../../query/properties.ts';
import { boolean, key, list, number, object, text } from '../../query/properties.ts';

const id = key('id');
const active = boolean('active');

/** The definitions as models, so that they replicate like master data. Their schemas: contract/definitions.ts. */
const PROPERTIES: Record<keyof typeof DEFINITION_SCHEMAS, Properties> = {
  Organization: { ...id, ...text('name', 'parent'), ...active },
  MobileServer: {
    ...id,
    ...text('key', 'name', 'description', 'type', 'url'),
    ...number('priority'),
    ...boolean('allOrganizations'),
    ...list('organizations'),
    ...boolean('allServices'),
    ...text('definedServices'),
    ...list('services', 'replicatesWith'),
    ...active,
  },
  ServerKey: { ...id, ...text('serverKey'), ...object('publicJwk'), ...active },
  User: {
    ...id,
    ...text('userName', 'name', 'role', 'organization', 'passwordHash', 'pinHash'),
    ...number('epoch'),
    ...active,
  },
  Terminal: {
    ...id,
    ...text('searchKey', 'name', 'client', 'organization', 'priceList'),
    ...text('docNoPrefix', 'returnDocNoPrefix', 'quotationDocNoPrefix'),
    ...object('currency', 'config'),
    ...active,
  },
  Preference: { ...id, ...text('key', 'value', 'client', 'organization', 'terminal'), ...active },
};

export const definitionModels: readonly ModelDeclaration[] = Object.entries(PROPERTIES).map(
  ([name, properties]) => ({
    name,
    service: `backroom.master.${name}`,
    properties,
    scope: 'shared',
    order: [],
    searchable: ['id'],
    serversOnly: true,
  }),
);
