import { z } from 'zod';
import { undoRequestSchema } from './definitions-api.ts';
import { estateFormatSchema } from './estate.ts';

/**
 * Estate files in the API of the definitions windows (definitions-api.ts).
 *
 * | call | answer |
 * |---|---|
 * | GET  estate?format                      | contract/estate.ts: all definitions without secrets and without master data; with a format (`json`, `yaml`) as a file to keep |
 * | POST estate {@link estateRequestSchema} | as `changes`, a preview with `proof`; 400 with {@link unreadEstateSchema} |
 */
export const exportRequestSchema = z.object({ format: estateFormatSchema.optional() });

export const estateRequestSchema = undoRequestSchema.extend({
  /** The file: as text (faults then name their line), or as an object. */
  text: z.string().optional(),
  /** How the text is written; what it begins like where this is not said. */
  format: estateFormatSchema.optional(),
  estate: z.json().optional(),
  /** What happens to definitions that the file does not name. */
  others: z.enum(['keep', 'deactivate']).default('keep'),
});
export type EstateRequest = z.input<typeof estateRequestSchema>;

/** 400: the text is no estate file. Nothing was changed. */
export const unreadEstateSchema = z.object({
  error: z.object({ code: z.literal('badEstate'), message: z.string() }),
  faults: z.array(
    z.object({
      /** `servers[1].priority`; '' for the file as a whole. */
      path: z.string(),
      /** From 1. */
      line: z.number().int(),
      column: z.number().int(),
      /** A clause, in English. */
      message: z.string(),
    }),
  ),
});
export type UnreadEstate = z.infer<typeof unreadEstateSchema>;
