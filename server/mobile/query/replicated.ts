import type { ModelDeclaration } from '../../core/model.ts';
import type { Storage } from '../../storage/port.ts';
import type { ServiceContext } from '../module.ts';

/** What was found complete, by storage; a model that was loaded once stays loaded. */
const complete = new WeakMap<Storage, Set<string>>();

/**
 * Whether this server has all rows of a model that a till may see. A store server that is still
 * loading it for the first time must not answer: a till would take the part for the whole and sell
 * without the discounts that come last.
 */
export async function hasWholeModel(
  model: ModelDeclaration,
  priceList: string | undefined,
  { self, storage }: Pick<ServiceContext, 'self' | 'storage'>,
): Promise<boolean> {
  if (self.role === 'main') return true;
  const scope = model.scope === 'shared' ? '' : (priceList ?? '');
  const known = complete.get(storage) ?? new Set();
  complete.set(storage, known);
  const name = `${model.name}/${scope}`;
  if (known.has(name)) return true;
  const progress = await storage.replicationProgress(model.name, scope);
  if (progress?.offset !== null) return false;
  known.add(name);
  return true;
}
