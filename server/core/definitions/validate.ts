import type { DefinitionFinding } from '../../contract/definitions-api.ts';
import type { Definitions, MobileService } from '../../contract/definitions.ts';
import { finding, newFindings } from './finding.ts';
import type { RowChange } from './rows.ts';
import { placeFindings } from './rules/places.ts';
import { preferenceFindings } from './rules/preferences.ts';
import type { SeenTill } from './rules/running.ts';
import { runningFindings } from './rules/running.ts';
import { serverFindings } from './rules/servers.ts';

/** What is wrong with definitions as a whole, whoever made them so. */
export function findingsOf(
  definitions: Definitions,
  services: readonly MobileService[],
): DefinitionFinding[] {
  return [
    ...serverFindings(definitions, services),
    ...placeFindings(definitions),
    ...preferenceFindings(definitions),
  ];
}

/** What a change is judged against. */
export interface Judging {
  services: readonly MobileService[];
  /** The tills that are running now. */
  running: readonly SeenTill[];
  /** The key of the server that owns the definitions. */
  ownerKey: string;
}

/** Everything that a change brings about, the whole judged before and after. Each names its change. */
export function judgeChange(
  before: Definitions,
  after: Definitions,
  rows: readonly RowChange[],
  { services, running, ownerKey }: Judging,
): DefinitionFinding[] {
  const findings = [
    ...newFindings(findingsOf(before, services), findingsOf(after, services)),
    ...ownerFindings(before, after, ownerKey),
    ...administratorFindings(before, after),
    ...keyFindings(before, rows),
    ...runningFindings(before, after, services, running),
  ];
  return findings.map((one) => {
    const row = rows.find(({ model, id }) => model === one.model && id === one.id);
    return one.change === null && row !== undefined ? { ...one, change: row.change } : one;
  });
}

/** Whether findings refuse a change: an error that is not forced, or cannot be. */
export function isRefused(findings: readonly DefinitionFinding[], force: boolean): boolean {
  return findings.some(({ severity, forceable }) => severity === 'error' && !(force && forceable));
}

function ownerFindings(
  before: Definitions,
  after: Definitions,
  ownerKey: string,
): DefinitionFinding[] {
  const isMain = ({ servers }: Definitions): boolean =>
    servers.some(({ key, type, active }) => key === ownerKey && type === 'MAIN' && active);
  if (!isMain(before) || isMain(after)) return [];
  const id = before.servers.find(({ key }) => key === ownerKey)?.id ?? null;
  const message = `"${ownerKey}" owns the definitions: it must stay an active main server with this key. Give the definitions to another main first.`;
  return [finding({ code: 'ownerNeeded', model: 'MobileServer', id, message })];
}

function administratorFindings(before: Definitions, after: Definitions): DefinitionFinding[] {
  const isThere = ({ users }: Definitions): boolean =>
    users.some(({ role, active }) => role === 'administrator' && active);
  if (!isThere(before) || isThere(after)) return [];
  const message =
    'No administrator would be left, so nobody could change the definitions any more. Keep one active.';
  return [finding({ code: 'noAdministrator', model: 'User', message })];
}

/** A server that has joined finds its own row by its key; with another key it does not start again. */
function keyFindings(before: Definitions, rows: readonly RowChange[]): DefinitionFinding[] {
  return rows.flatMap(({ model, id, before: was, after: is }) => {
    if (model !== 'MobileServer' || was === null || !('url' in was) || !('url' in is)) return [];
    const hasJoined = before.serverKeys.some((row) => row.serverKey === was.key && row.active);
    if (was.key === is.key || !hasJoined) return [];
    const message = `Server "${was.name}" has joined with the key "${was.key}"; with another key it would not find itself. Define a new server, or force the change with a reason and let it join again.`;
    return finding({ code: 'keyInUse', model, id, field: 'key', message, forceable: true });
  });
}
