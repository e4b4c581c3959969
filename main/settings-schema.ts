import { z } from 'zod';
import { hostedServerSchema } from '../server/contract/ipc-schemas.ts';

/** Where the window was, in the screen's pixels. */
const windowBoundsSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
export type WindowBounds = z.infer<typeof windowBoundsSchema>;

/** Everything that the shell keeps between two starts. An empty file is the first run. */
const settingsSchema = z.strictObject({
  server: hostedServerSchema.optional(),
  window: windowBoundsSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The same schema as electron-store takes it: JSON Schema, the properties apart from the object. */
export function storeSchema() {
  const { properties, additionalProperties } = z.toJSONSchema(settingsSchema, { io: 'input' });
  return { schema: properties ?? {}, rootSchema: { additionalProperties } };
}

/** What is wrong with these settings, in words that name the key; undefined where nothing is. */
export function problemIn(settings: unknown): string | undefined {
  const parsed = settingsSchema.safeParse(settings);
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}

/** The name under which a broken settings file is kept: `settings.broken-20261124T190501123Z.json`. */
export function asideName(nowMs: number): string {
  return `settings.broken-${new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')}.json`;
}
