import { z } from 'zod';
import {
  mobileServerSchema,
  mobileServiceSchema,
  organizationSchema,
  preferenceSchema,
  terminalSchema,
  userSchema,
} from './definitions.ts';

/** The version of the format that this program reads and writes. A file without one is of this version. */
export const ESTATE_VERSION = 1;

/**
 * An estate file: the definitions and master data of a whole estate, imported into a main server
 * (`backroom import`), proven by `backroom topology check`, and what the demo shop is made of. Rows
 * of `models` have the wire's shape. Unknown keys are refused: a misspelt key would change nothing
 * and look as if it had.
 */
export const estateSchema = z.strictObject({
  estate: z.literal(ESTATE_VERSION).optional(),
  organizations: z.array(organizationSchema.strict()),
  servers: z.array(mobileServerSchema.strict()),
  /** Services of modules that this program does not bring itself; the standard ones are known. */
  services: z.array(mobileServiceSchema.strict()).optional(),
  /** Secrets are given in plain text and are stored only as argon2id hashes. */
  users: z
    .array(
      userSchema
        .omit({ passwordHash: true, pinHash: true })
        .extend({
          password: z.string().min(8).optional(),
          pin: z
            .string()
            .regex(/^\d{4,12}$/)
            .optional(),
        })
        .strict(),
    )
    .default([]),
  terminals: z
    .array(terminalSchema.extend({ currency: terminalSchema.shape.currency.strict() }).strict())
    .default([]),
  preferences: z.array(preferenceSchema.strict()).default([]),
  /** By model name. `priceList` names the scope of models that have one per price list. */
  models: z
    .record(
      z.string(),
      z.array(
        z.strictObject({
          priceList: z.string().optional(),
          rows: z.array(z.record(z.string(), z.json())),
        }),
      ),
    )
    .default({}),
});
export type Estate = z.infer<typeof estateSchema>;

/** The two ways in which an estate file is written; both say the same. */
export const estateFormatSchema = z.enum(['json', 'yaml']);
export type EstateFormat = z.infer<typeof estateFormatSchema>;
