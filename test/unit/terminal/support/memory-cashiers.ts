import type { Cashier, KnownCashiers } from '../../../../terminal/keeping.ts';

/** Secrets are kept as they are: this is memory, and nothing limits the tries. */
export function memoryCashiers(): KnownCashiers {
  const known = new Map<string, Cashier & { secret: string }>();
  return {
    list: () =>
      Promise.resolve(
        [...known.values()].map(({ userId, userName, name }) => ({ userId, userName, name })),
      ),
    learn(cashier, secret) {
      known.set(cashier.userName, { ...cashier, secret });
      return Promise.resolve();
    },
    forget(userName) {
      known.delete(userName);
      return Promise.resolve();
    },
    check(userName, secret) {
      const found = known.get(userName);
      if (found === undefined) return Promise.resolve({ ok: false, why: 'unknown' });
      if (found.secret !== secret) return Promise.resolve({ ok: false, why: 'wrong' });
      const { userId, name } = found;
      return Promise.resolve({ ok: true, cashier: { userId, userName, name } });
    },
  };
}
