import type { Json, JsonObject } from '../../../../contract/json.ts';
import type { ModelDeclaration, PropertyType } from '../../../../core/model.ts';

/**
 * The members of a till's record that are properties of the model, as the model has them. What the
 * till did not send stays out, so that it leaves the stored row as it is; a value that cannot be made
 * one of the property's type is kept as it came, and the main says what is wrong with it.
 */
export function rowValues(model: ModelDeclaration, record: JsonObject): JsonObject {
  const values: JsonObject = {};
  for (const [property, type] of Object.entries(model.properties)) {
    const value = record[property];
    if (value !== undefined) values[property] = asType(type, value);
  }
  return values;
}

function asType(type: PropertyType, value: Json): Json {
  // Empty is null at this wire; only text may be empty.
  if (value === '' && type !== 'text' && type !== 'key') return null;
  switch (type) {
    case 'number': {
      const number = typeof value === 'string' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : value;
    }
    case 'boolean':
      if (value === 'true' || value === 'Y') return true;
      return value === 'false' || value === 'N' ? false : value;
    case 'yesNo':
      if (value === true) return 'Y';
      return value === false ? 'N' : value;
    case 'key':
    case 'text':
      return typeof value === 'number' ? String(value) : value;
    case 'date':
    case 'timestamp':
    case 'list':
    case 'object':
      return value;
  }
}
