import type { Json, JsonObject } from '../../contract/json.ts';
import { isJsonObject } from '../../contract/json.ts';
import type { ModelDeclaration } from '../../core/model.ts';
import type { PageQuery } from '../../storage/port.ts';
import { orderColumn } from './column.ts';
import type { Refusal } from './refusal.ts';
import { allOf, isRefusal, quoted, refuse } from './refusal.ts';

/** Properties by which one query may be ordered. */
const MOST_PROPERTIES = 5;

type Wish = { column: Json | undefined; direction: Json | undefined };

/**
 * Reads the order that a search asks for, from `orderByProperties` (names, or objects with a name and
 * a direction) or `orderByClause` ("name asc, searchKey desc"). Empty: the model's own order.
 */
export function readOrder(
  model: ModelDeclaration,
  parameters: JsonObject,
): PageQuery['order'] | Refusal {
  const wishes = wishesOf(parameters);
  if (isRefusal(wishes)) return wishes;
  if (wishes.length > MOST_PROPERTIES) {
    return refuse(`${model.name} can be ordered by at most ${MOST_PROPERTIES} properties.`);
  }
  return allOf(
    wishes.map(({ column, direction }) => {
      const property = orderColumn(model, column);
      const descending = isDescending(direction);
      if (isRefusal(property)) return property;
      return isRefusal(descending) ? descending : { property, descending };
    }),
  );
}

function wishesOf(parameters: JsonObject): Wish[] | Refusal {
  const listed = parameters['orderByProperties'];
  if (Array.isArray(listed)) return listed.map(wishOf);
  if (listed !== undefined && listed !== null) {
    return refuse('"orderByProperties" must be a list of properties.');
  }
  const clause = parameters['orderByClause'];
  if (clause === undefined || clause === null || clause === '') return [];
  if (typeof clause !== 'string') return refuse('"orderByClause" must be text.');
  return clause.split(',').map((part) => {
    const [column, direction, ...more] = part.trim().split(/\s+/);
    return { column, direction: more.length > 0 ? part.trim() : direction };
  });
}

function wishOf(listed: Json): Wish {
  if (!isJsonObject(listed)) return { column: listed, direction: undefined };
  return {
    column: listed['property'] ?? listed['column'] ?? listed['name'],
    direction: listed['sorting'] ?? listed['sort'] ?? listed['direction'],
  };
}

function isDescending(direction: Json | undefined): boolean | Refusal {
  if (direction === undefined || direction === null) return false;
  const word = typeof direction === 'string' ? direction.toLowerCase() : '';
  if (word === 'asc' || word === 'desc') return word === 'desc';
  return refuse(`an order is "asc" or "desc", not ${quoted(direction)}.`);
}
