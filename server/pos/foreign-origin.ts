import type { MobileServer } from '../contract/definitions.ts';

/**
 * What to say where tills open their page under another origin than the one at which their server is
 * defined: other servers take calls only from pages of defined servers. Undefined where all is well, and
 * where the server's definition is not known here yet.
 */
export function foreignOriginWarning(
  publicOrigin: string | null,
  own: Pick<MobileServer, 'name' | 'url'> | undefined,
): string | undefined {
  if (publicOrigin === null || own === undefined) return undefined;
  if (URL.parse(own.url)?.origin === publicOrigin) return undefined;
  return `Tills open their page at ${publicOrigin}, and ${own.name} is defined at ${own.url}: other servers will refuse these tills when this one is down. Give the server an address at ${publicOrigin} in the estate.`;
}
