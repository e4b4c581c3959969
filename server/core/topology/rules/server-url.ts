import type { MobileServer } from '../../../contract/definitions.ts';
import type { Fault } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { parsedUrl } from '../url.ts';

/** Each active server has an http address with its context path. */
export const serverUrl: Rule = {
  name: 'server-url',
  check({ topology }) {
    return topology.definitions.servers
      .filter((server) => server.active)
      .flatMap((server) => faultOf(server) ?? []);
  },
};

function faultOf(server: MobileServer): Fault | undefined {
  const { name, url, key } = server;
  const fault = { severity: 'error', servers: [key] } as const;
  if (url.trim() === '') {
    return {
      ...fault,
      message: `${name} has no address.`,
      story: `A till asks for its servers. ${name} is left out of the list, because a till would take an empty address for its own page; whatever only ${name} offers is not there.`,
      mend: 'Give its address, or set it inactive until it has one.',
    };
  }
  const parsed = parsedUrl(url);
  if (parsed === undefined) {
    return {
      ...fault,
      message: `The address of ${name}, "${url}", is no http or https address.`,
      story: `A till puts the service behind "${url}" and calls it. The browser refuses the call, the till takes ${name} for offline, and it stays so.`,
      mend: 'Write it like http://192.168.1.10:8427/openbravo.',
    };
  }
  if (parsed.pathname === '/') {
    return {
      ...fault,
      message: `The address of ${name}, ${url}, has no context path.`,
      story: `A till calls ${parsed.origin}/org.openbravo.mobile.core…, which is a page that ${name} does not have. It answers 404, and the till takes it for offline.`,
      mend: `Add the context path: ${parsed.origin}/openbravo.`,
    };
  }
  return undefined;
}
