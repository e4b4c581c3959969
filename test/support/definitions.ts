import type { Definitions, User } from '../../server/contract/definitions.ts';
import type { FollowedDefinitions } from '../../server/sync/live-definitions.ts';

/** Definitions with nothing in them, to be filled in by a test. */
export function definitionsOf(parts: Partial<Definitions> = {}): Definitions {
  return {
    version: 1,
    organizations: [],
    servers: [],
    serverKeys: [],
    users: [],
    terminals: [],
    preferences: [],
    ...parts,
  };
}

/** A source whose definitions a test replaces as a whole. */
export function changeableDefinitions(
  initial: Definitions,
): FollowedDefinitions & { replace(next: Partial<Definitions>): void } {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    current: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    replace(next) {
      current = { ...current, ...next, version: current.version + 1 };
      for (const listener of listeners) listener();
    },
  };
}

export function userOf(parts: Partial<User> & Pick<User, 'id'>): User {
  return {
    userName: 'user',
    name: 'User',
    role: 'cashier',
    organization: '0',
    passwordHash: null,
    pinHash: null,
    epoch: 0,
    active: true,
    ...parts,
  };
}
