import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { StoreView } from '../store-view.ts';
import { tillIn } from '../story.ts';
import { parsedUrl } from '../url.ts';

/** A page that was loaded over https cannot call an http address. */
export const mixedContent: Rule = {
  name: 'mixed-content',
  check: ({ stores }) => stores.flatMap((view) => faultIn(view) ?? []),
};

function faultIn(view: StoreView): Fault | undefined {
  const schemeOf = (url: string): string | undefined => parsedUrl(url)?.protocol;
  // Tills are opened from the server that is tried first; that one decides what they can call.
  const [page] = view.servers;
  const plain = view.servers.filter((server) => schemeOf(server.url) === 'http:');
  const [first] = plain;
  if (page === undefined || first === undefined || schemeOf(page.url) !== 'https:')
    return undefined;
  return {
    severity: 'error',
    stores: [view.store],
    servers: [page.key, ...plain.map((server) => server.key)],
    message: `In ${view.store.name}, tills are opened from ${page.name} (https) and cannot reach ${first.name} (http).`,
    story: `${tillIn(view)} is opened from ${page.url}. The browser blocks each call to ${first.url}, and the till takes ${first.name} for offline, although it is up.`,
    mend: `Give ${first.name} a certificate and an https address, or a lower priority number, so that tills are opened from it.`,
  };
}
