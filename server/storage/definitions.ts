import { z } from 'zod';
import { DEFINITION_SCHEMAS, type Definitions } from '../contract/definitions.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Log } from '../system/ports.ts';

/** The models that the definitions are made of. */
export const DEFINITION_MODELS: readonly string[] = Object.keys(DEFINITION_SCHEMAS);

/**
 * Makes the definitions of their stored rows. A row that does not fit its schema is left out and
 * logged: one bad row must not keep a shop from selling.
 */
export function definitionsOf(
  stored: { version: number; rows: Record<string, string[]> },
  log: Log,
): Definitions {
  function rowsOf<Row>(model: keyof typeof DEFINITION_SCHEMAS, schema: z.ZodType<Row>): Row[] {
    return (stored.rows[model] ?? []).flatMap((json) => {
      const result = parse(schema, JSON.parse(json) as JsonObject);
      if (result.success) return [result.data];
      log.error({ model, json, faults: z.prettifyError(result.error) }, 'a definition is left out');
      return [];
    });
  }

  return {
    version: stored.version,
    organizations: rowsOf('Organization', DEFINITION_SCHEMAS.Organization),
    servers: rowsOf('MobileServer', DEFINITION_SCHEMAS.MobileServer),
    serverKeys: rowsOf('ServerKey', DEFINITION_SCHEMAS.ServerKey),
    users: rowsOf('User', DEFINITION_SCHEMAS.User),
    terminals: rowsOf('Terminal', DEFINITION_SCHEMAS.Terminal),
    preferences: rowsOf('Preference', DEFINITION_SCHEMAS.Preference),
  };
}

/** Stored rows have null for what was not given (core/model); such a member takes its default. */
function parse<Row>(schema: z.ZodType<Row>, row: JsonObject): z.ZodSafeParseResult<Row> {
  const result = schema.safeParse(row);
  if (result.success) return result;
  const refused = new Set(result.error.issues.map(({ path }) => path[0]));
  const given = Object.entries(row).filter(([name, value]) => value !== null || !refused.has(name));
  return schema.safeParse(Object.fromEntries(given));
}
