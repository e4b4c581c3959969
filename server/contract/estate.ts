import { z } from 'zod';
import {
  mobileServerSchema,
  organizationSchema,
  preferenceSchema,
  terminalSchema,
  userSchema,
} from './definitions.ts';

/**
 * An estate file: the definitions and master data of a whole estate, imported into a main server
 * (`backroom import`), and what the demo shop is made of. Rows of `models` have the wire's shape.
 */
export const estateSchema = z.object({
  organizations: z.array(organizationSchema),
  servers: z.array(mobileServerSchema),
  /** Secrets are given in plain text and are stored only as argon2id hashes. */
  users: z.array(
    userSchema.omit({ passwordHash: true, pinHash: true }).extend({
      password: z.string().min(8).optional(),
      pin: z
        .string()
        .regex(/^\d{4,12}$/)
        .optional(),
    }),
  ),
  terminals: z.array(terminalSchema),
  preferences: z.array(preferenceSchema).default([]),
  /** By model name. `priceList` names the scope of models that have one per price list. */
  models: z.record(
    z.string(),
    z.array(
      z.object({
        priceList: z.string().optional(),
        rows: z.array(z.record(z.string(), z.json())),
      }),
    ),
  ),
});
export type Estate = z.infer<typeof estateSchema>;
