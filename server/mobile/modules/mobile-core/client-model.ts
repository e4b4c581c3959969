import type { ModelDeclaration } from '../../../core/model.ts';
import { keyOf } from '../../../core/model.ts';

/** Columns that a client adds itself, last in this order. */
const CLIENT_COLUMNS = ['_identifier', '_idx'];

/**
 * The JavaScript that registers a model's structure at a client, which evaluates it. It is made from
 * the declaration alone: nothing of a request may become part of a program. Undefined for a model
 * whose structure the client has itself.
 */
export function clientModelScript(model: ModelDeclaration): string | undefined {
  const { structure } = model;
  if (structure === undefined) return undefined;
  const { table } = structure;
  const columns = columnsOf(model, structure.columns);
  const names = columns.map(([, column]) => column);
  const definition = {
    modelName: model.name,
    tableName: table,
    entityName: structure.entity,
    source: model.service,
    properties: columns.map(([property]) => property),
    propertyMap: Object.fromEntries(columns),
    createStatement: `CREATE TABLE IF NOT EXISTS ${table} (${columns.map((column) => declared(model, column)).join(', ')})`,
    dropStatement: `DROP TABLE IF EXISTS ${table}`,
    insertStatement: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  };
  return [
    '(function () {',
    `  var model = Backbone.Model.extend(${JSON.stringify(definition, null, 2)});`,
    '  model.prototype.remote = false;',
    '  OB.Data.Registry.registerModel(model);',
    '}());',
    '',
  ].join('\n');
}

/** Property and column, the key first; columns without a name of their own are the property in lower case. */
function columnsOf(
  model: ModelDeclaration,
  named: Readonly<Record<string, string>>,
): [property: string, column: string][] {
  const own = Object.keys(model.properties).filter(
    (name) => name !== 'active' && !CLIENT_COLUMNS.includes(name),
  );
  const columns = own.map((name): [string, string] => [name, named[name] ?? name.toLowerCase()]);
  return [...columns, ...CLIENT_COLUMNS.map((name): [string, string] => [name, name])];
}

function declared(model: ModelDeclaration, [property, column]: [string, string]): string {
  const numeric = property === '_idx' || model.properties[property] === 'number';
  const key = property === keyOf(model) ? ' PRIMARY KEY' : '';
  return `${column} ${numeric ? 'NUMERIC' : 'TEXT'}${key}`;
}
