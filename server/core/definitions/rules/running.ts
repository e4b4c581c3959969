import type { DefinitionFinding } from '../../../contract/definitions-api.ts';
import type { Definitions, MobileService, Terminal } from '../../../contract/definitions.ts';
import { multiServerEnabled } from '../../preferences.ts';
import { serversForClient } from '../../servers.ts';
import { finding } from '../finding.ts';

/** A till counts as running when it was seen within this time, ms. */
export const RUNNING_MS = 10 * 60_000;

/** Services that a sentence names. */
const NAMED_SERVICES = 3;

/** A till that was seen lately. */
export interface SeenTill {
  terminal: string;
  lastSeenMs: number;
}

/** What a till can call: any service at its page's own server, or these at the defined servers. */
type Reach = 'ownServer' | ReadonlySet<string>;

/**
 * The running tills that a change would leave without a server, or without one for a service that
 * they have now. It can be forced, since a till that is switched off tonight may stand in the way.
 */
export function runningFindings(
  before: Definitions,
  after: Definitions,
  services: readonly MobileService[],
  seen: readonly SeenTill[],
): DefinitionFinding[] {
  const running = seen.flatMap((till) => {
    const was = activeTill(before, till.terminal);
    return was === undefined ? [] : [{ ...till, was }];
  });
  const reachBefore = reachIn(before, services);
  const reachAfter = reachIn(after, services);
  const groups = new Map<string, { code: string; message: string; tills: typeof running }>();
  for (const till of running) {
    const now = activeTill(after, till.terminal);
    const loss =
      now === undefined || now.searchKey !== till.was.searchKey
        ? lostTill(now)
        : lossOf(reachBefore(till.was), reachAfter(now), multiServerEnabled(after), services);
    if (loss === null) continue;
    const group = groups.get(loss.message) ?? { ...loss, tills: [] };
    group.tills.push(till);
    groups.set(loss.message, group);
  }
  return [...groups.values()].map(({ code, message, tills }) => {
    const names = tills.map(({ was }) => was.searchKey).join(', ');
    return finding({
      code,
      message: `${message}: ${names}. ${code === 'runningTill' ? 'End them first' : 'Give them another server first'}, or force the change with a reason.`,
      forceable: true,
      tills: tills.map(({ was, lastSeenMs }) => ({
        id: was.id,
        searchKey: was.searchKey,
        lastSeenAt: new Date(lastSeenMs).toISOString(),
      })),
    });
  });
}

/** A till that is switched off, or that would no longer find itself when it starts again. */
function lostTill(now: Terminal | undefined): { code: string; message: string } {
  const message =
    now === undefined
      ? 'These running tills would be switched off'
      : 'These running tills would have another search key than they were started with';
  return { code: 'runningTill', message };
}

function activeTill({ terminals }: Definitions, id: string): Terminal | undefined {
  return terminals.find((row) => row.id === id && row.active);
}

/** The reach of tills, computed once for each organization. */
function reachIn(
  definitions: Definitions,
  services: readonly MobileService[],
): (till: Terminal) => Reach {
  const known = new Map<string, Reach>();
  return ({ organization }) => {
    const before = known.get(organization);
    if (before !== undefined) return before;
    const servers = serversForClient(definitions, services, { organization, selfKey: '' });
    const names = servers.flatMap((server) =>
      server.allServices ? services.map(({ name }) => name) : server.services,
    );
    const reach = servers.length === 0 ? 'ownServer' : new Set(names);
    known.set(organization, reach);
    return reach;
  };
}

function lossOf(
  before: Reach,
  after: Reach,
  multiServer: boolean,
  services: readonly MobileService[],
): { code: string; message: string } | null {
  if (after === 'ownServer') {
    if (before === 'ownServer' || !multiServer) return null;
    return { code: 'tillsWithoutServer', message: 'These running tills would have no server' };
  }
  const had = before === 'ownServer' ? services.map(({ name }) => name) : [...before];
  const lost = had.filter((name) => !after.has(name));
  if (lost.length === 0) return null;
  const named = lost.slice(0, NAMED_SERVICES).join(', ');
  const more = lost.length > NAMED_SERVICES ? ` and ${lost.length - NAMED_SERVICES} more` : '';
  return {
    code: 'tillsWithoutService',
    message: `These running tills would have no server for ${named}${more}`,
  };
}
