import { z } from 'zod';

/**
 * The definitions of an estate: owned by one main server, replicated to the others as models like
 * any master data (their services are `backroom.master.<Name>`, for servers only).
 */
const id = z.string().min(1).max(64);
const active = z.boolean().default(true);

export const organizationSchema = z.object({
  id,
  name: z.string().min(1),
  /** The parent in the tree; null at the root. */
  parent: id.nullable(),
  active,
});
export type Organization = z.infer<typeof organizationSchema>;

/** The three routing types of the definitions window, and Transaction for newer clients. */
export const routingTypeSchema = z.enum(['Failover', 'Transaction', 'Broadcast', 'Ping']);
export type RoutingType = z.infer<typeof routingTypeSchema>;

/** A mobile service as a module declares it. Timeouts are seconds on the wire; here milliseconds. */
export const mobileServiceSchema = z.object({
  name: z.string().min(1),
  module: z.string().min(1),
  routingType: routingTypeSchema,
  timeoutMs: z.number().int().positive(),
});
export type MobileService = z.infer<typeof mobileServiceSchema>;

export const mobileServerSchema = z.object({
  id,
  /** Mobile Server Key: unique, at most 32 characters; a server finds its own row by it. */
  key: z.string().min(1).max(32),
  name: z.string().min(1),
  description: z.string().default(''),
  type: z.enum(['MAIN', 'STORE']),
  /** With the context path, for example `http://192.168.1.10:8427/openbravo`. */
  url: z.string(),
  /** Tried in increasing order. */
  priority: z.number().int(),
  allOrganizations: z.boolean().default(true),
  organizations: z.array(id).default([]),
  allServices: z.boolean().default(true),
  /** How `services` is read when `allServices` is false. */
  definedServices: z.enum(['only', 'excluding']).default('only'),
  services: z.array(z.string()).default([]),
  /** Keys of mains whose databases are kept like this one's by other means, both ways. */
  replicatesWith: z.array(z.string()).nullish(),
  active,
});
export type MobileServer = z.infer<typeof mobileServerSchema>;

/** A public key of a server (Ed25519, JWK). Any server of the estate verifies what another signed. */
export const serverKeySchema = z.object({
  /** The key id (kid). */
  id,
  serverKey: z.string().min(1).max(32),
  publicJwk: z.record(z.string(), z.unknown()),
  active,
});
export type ServerKey = z.infer<typeof serverKeySchema>;

export const roleSchema = z.enum(['cashier', 'manager', 'administrator']);
export type Role = z.infer<typeof roleSchema>;

export const userSchema = z.object({
  id,
  userName: z.string().min(1),
  name: z.string().min(1),
  role: roleSchema,
  organization: id,
  /** argon2id in PHC form; null: this way of logging in is closed. */
  passwordHash: z.string().nullable().default(null),
  pinHash: z.string().nullable().default(null),
  /** Raised to revoke the tokens given out before. */
  epoch: z.number().int().nonnegative().default(0),
  active,
});
export type User = z.infer<typeof userSchema>;

/** A till. `config` is what term.Terminal answers, without the counters, which the server adds. */
export const terminalSchema = z.object({
  id,
  searchKey: z.string().min(1),
  name: z.string().min(1),
  client: id,
  organization: id,
  priceList: id,
  docNoPrefix: z.string().min(1),
  returnDocNoPrefix: z.string().nullable().default(null),
  quotationDocNoPrefix: z.string().nullable().default(null),
  currency: z.object({
    id,
    isoCode: z.string().length(3),
    precision: z.number().int().min(0).max(4),
  }),
  config: z.record(z.string(), z.unknown()).default({}),
  active,
});
export type Terminal = z.infer<typeof terminalSchema>;

/**
 * A preference, set for the system (no holder) or for one holder: a client, an organization or a
 * terminal. The nearest counts: terminal, organization and those above it, client, system.
 */
export const preferenceSchema = z.object({
  id,
  key: z.string().min(1),
  value: z.string(),
  client: id.nullish(),
  organization: id.nullable().default(null),
  terminal: id.nullish(),
  active,
});
export type Preference = z.infer<typeof preferenceSchema>;

/** The models that make up the definitions, each with its schema. */
export const DEFINITION_SCHEMAS = {
  Organization: organizationSchema,
  MobileServer: mobileServerSchema,
  ServerKey: serverKeySchema,
  User: userSchema,
  Terminal: terminalSchema,
  Preference: preferenceSchema,
} as const;

/** Everything that a server knows of its estate, as one immutable value. */
export interface Definitions {
  /** Grows with every change at this server; tills and screens reload when it differs from theirs. */
  version: number;
  organizations: readonly Organization[];
  servers: readonly MobileServer[];
  serverKeys: readonly ServerKey[];
  users: readonly User[];
  terminals: readonly Terminal[];
  preferences: readonly Preference[];
}

/** Hands out the current definitions; the value is replaced as a whole when they change. */
export interface DefinitionsSource {
  current(): Definitions;
}
