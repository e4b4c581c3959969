import type { Json, JsonObject } from '../../contract/json.ts';
import { isJsonObject } from '../../contract/json.ts';

/**
 * A parameter of a query under its name: clients put it beside the others, or under `parameters` as
 * `{value, type}` or bare.
 */
function parameter(parameters: JsonObject, name: string): Json | undefined {
  const nested = parameters['parameters'];
  const inner = isJsonObject(nested) ? nested[name] : undefined;
  if (inner === undefined) return parameters[name];
  return isJsonObject(inner) && 'value' in inner ? inner['value'] : inner;
}

/** The same as text; undefined where it is absent, empty or no text. */
export function textParameter(parameters: JsonObject, name: string): string | undefined {
  const value = parameter(parameters, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
