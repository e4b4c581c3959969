import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import type { ModelDeclaration } from '../../../server/core/model.ts';
import type { ServerModule } from '../../../server/mobile/module.ts';
import { modules } from '../../support/mobile/shop.ts';

const FILE = 'docs/mobile-models.md';

/** After a change of a declaration: `npx vitest run --project unit query-documentation -u`. */
it('docs/mobile-models.md says what is served', async () => {
  const options = { ...(await resolveConfig(FILE)), parser: 'markdown' };
  const text = await format(documentation(), options);
  await expect(text).toMatchFileSnapshot(`../../../${FILE}`);
});

function documentation(): string {
  return [
    '# Services and models',
    'Made from the declarations by `test/unit/mobile/query-documentation.test.ts`; how to ask is in [mobile-services.md](mobile-services.md).',
    ...modules.map(servicesOf),
    ...modules.flatMap((module) => [`## Models of ${module.name}`, ...module.models.map(modelOf)]),
    '',
  ].join('\n\n');
}

/** The services besides those of models, which have all the same routing and timeout. */
function servicesOf({ name, services, models }: ServerModule): string {
  const ofModels = new Set(models.map((model) => model.service));
  const rows = services
    .filter((service) => !ofModels.has(service.name))
    .map(
      (service) =>
        `| \`${service.name}\` | ${service.kind} | ${service.routingType} | ${service.timeoutMs / 1000} s |`,
    );
  return [
    `## Services of ${name}`,
    '',
    '| service | kind | routing type | timeout |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function modelOf(model: ModelDeclaration): string {
  const ofType = Map.groupBy(Object.entries(model.properties), ([, type]) => type);
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
  const facts = [
    `- service: \`${model.service}\`${model.serversOnly === true ? ' (servers only)' : ''}`,
    `- order: ${code([...model.order, 'id'])}`,
    ...(model.scope === 'shared' ? [] : [`- rows: ${SCOPES[model.scope]}`]),
    ...(model.searchable.length === 0 ? [] : [`- searched by: ${code(model.searchable)}`]),
    ...[...ofType].map(([type, entries]) => `- ${type}: ${code(entries.map(([name]) => name))}`),
  ];
  return `### ${model.name}\n\n${facts.join('\n')}`;
}

const SCOPES = {
  ownPriceList: 'of the price list of the till',
  otherPriceLists: 'of the price lists that are not the till’s',
} as const;
