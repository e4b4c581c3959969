import type { JsonObject } from '../../../server/contract/json.ts';
import { routingTableSchema } from '../../../terminal/routing.ts';
import { QUANTITY_SCALE } from '../../../terminal/scales.ts';
import type { Till } from '../../../terminal/till.ts';
import type { Done } from '../../../terminal/till-api.ts';

/** The preference that switches the multi-server architecture on. */
export const ENABLEMENT = 'OBMOBC_MultiServerArchitecture';

/** `servers` of `initActions`, as the server of a page gives them to a till. */
export async function serversOf(pageUrl: string, terminalName: string): Promise<unknown> {
  return (await initActions(pageUrl, terminalName))['servers'];
}

/** The address of each server, by its name, as the server of a page gives them to a till. */
export async function addressesFor(
  pageUrl: string,
  terminalName: string,
): Promise<Record<string, string>> {
  const { servers } = routingTableSchema.parse(await initActions(pageUrl, terminalName));
  return Object.fromEntries(servers.map(({ name, address }) => [name, address]));
}

/** Which edition of the definitions a server answers tills with; undefined while it knows no such till. */
export async function editionAt(pageUrl: string, terminalName: string): Promise<unknown> {
  return (await initActions(pageUrl, terminalName))['definitionsEdition'];
}

async function initActions(pageUrl: string, terminalName: string): Promise<JsonObject> {
  const service = 'org.openbravo.retail.posterminal.service.loginutils';
  const query = new URLSearchParams({ command: 'initActions', terminalName, appName: 'WebPOS' });
  const answer = await fetch(`${pageUrl}/${service}?${query.toString()}`);
  return (await answer.json()) as JsonObject;
}

/** Sells one piece of something in cash; resolves when a server has the ticket. */
export function sellOne(till: Till): Promise<Done> {
  const [productId = ''] = till.catalogue.products.keys();
  return till.sellLines([{ productId, quantity: 10 ** QUANTITY_SCALE }]);
}
