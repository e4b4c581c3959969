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
  const secure = view.servers.find((server) => schemeOf(server.url) === 'https:');
  const plain = view.servers.filter((server) => schemeOf(server.url) === 'http:');
  const [first] = plain;
  if (secure === undefined || first === undefined) return undefined;
  // Tills start from the server that is tried first; from the others only where someone opens them.
  const startsSecure = secure.key === view.servers[0]?.key;
  return {
    severity: startsSecure ? 'error' : 'advice',
    stores: [view.store],
    servers: [secure.key, ...plain.map((server) => server.key)],
    message: `In ${view.store.name}, a till that is opened from ${secure.name} (https) cannot reach ${first.name} (http).`,
    story: `${tillIn(view)} is opened from ${secure.url}. The browser blocks each call to ${first.url}, and the till takes ${first.name} for offline, although it is up.`,
    mend: `Give ${first.name} a certificate and an https address, or open the tills from ${first.name}.`,
  };
}
