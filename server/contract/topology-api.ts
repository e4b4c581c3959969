import { z } from 'zod';

/**
 * GET /manage/api/definitions/topology?down=KEY,KEY (contract/definitions-api.ts): what is proven of the
 * live definitions, and what each store can do while these servers are down. A key that is not defined
 * is answered 400 `unknownServer`. Sentences are for a person, in English.
 */

const storeNameSchema = z.object({ id: z.string(), name: z.string() });
const names = z.array(z.string()).readonly();

/** What the checker found (core/topology/finding.ts). */
export const topologyFindingSchema = z.object({
  /** Name of the rule, e.g. `same-mains`. */
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'advice']),
  where: z.object({
    stores: z.array(storeNameSchema).readonly(),
    servers: names,
    services: names,
  }),
  message: z.string(),
  /** What would happen in a shop. */
  story: z.string(),
  /** The story's calls; `reaches` are keys of servers. */
  steps: z
    .array(z.object({ actor: z.string(), does: z.string(), service: z.string(), reaches: names }))
    .readonly(),
  /** How to mend it. */
  mend: z.string(),
});
export type TopologyFinding = z.infer<typeof topologyFindingSchema>;

export const outlookSchema = z.object({
  /** `unknown`: the definitions give the store no servers. */
  works: z.enum(['yes', 'partly', 'no', 'unknown']),
  reason: z.string(),
  /** How long it goes on like this; null: as long as the servers stay as they are. */
  forMs: z.number().nullable(),
});
export type Outlook = z.infer<typeof outlookSchema>;

export const storeOutlookSchema = z.object({
  store: storeNameSchema,
  logIn: outlookSchema,
  query: outlookSchema,
  sell: outlookSchema,
  /** What was sold becomes safe at every main that it is for. */
  confirm: outlookSchema,
});
export type StoreOutlook = z.infer<typeof storeOutlookSchema>;

export const topologySchema = z.object({
  edition: z.string(),
  errors: z.number().int(),
  warnings: z.number().int(),
  advice: z.number().int(),
  /** Errors first, then warnings, then advice. */
  findings: z.array(topologyFindingSchema).readonly(),
  /** What was looked at: how many stores, services and rules. */
  looked: z.object({
    stores: z.number().int(),
    services: z.number().int(),
    rules: z.number().int(),
  }),
  /** Keys of the servers that are taken to be down, as asked. */
  down: names,
  /** Every store while these are down; empty where none was asked for. */
  whatIf: z.array(storeOutlookSchema).readonly(),
});
export type Topology = z.infer<typeof topologySchema>;

/** What the checker says of definitions as they would be. */
export const foreseenProofSchema = z.object({
  errors: z.number().int(),
  warnings: z.number().int(),
  advice: z.number().int(),
  /** How many of them are not so now, and the first of these, the worst first. */
  fresh: z.number().int(),
  findings: z.array(topologyFindingSchema),
});
export type ForeseenProof = z.infer<typeof foreseenProofSchema>;
