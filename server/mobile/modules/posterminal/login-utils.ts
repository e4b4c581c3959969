import type { Preference, Terminal } from '../../../contract/definitions.ts';
import type { Json, JsonObject } from '../../../contract/json.ts';
import { editionOf } from '../../../core/definitions/edition.ts';
import { lineageOf } from '../../../core/organizations.ts';
import { serversForClient, servicesForClient } from '../../../core/servers.ts';
import type { BootstrapAnswer, BootstrapContext, BootstrapRoute } from '../../bootstrap-route.ts';
import { errorAnswer, jsonAnswer } from '../../bootstrap-route.ts';
import { localeFor } from '../../locales.ts';
import type { Refusal } from '../../query/refusal.ts';
import { isRefusal, quoted } from '../../query/refusal.ts';
import { namedTerminal } from '../../query/terminal.ts';
import { mobileServices } from '../../services.ts';
import { contextInfoOf } from '../mobile-core/context-information.ts';
import { DATE_FORMATS, FORMATS } from '../mobile-core/formats.ts';
import type { PreferencePlace } from '../../../core/preferences.ts';
import { placeOf, preference } from '../../../core/preferences.ts';
import { LIST_DEFAULTS } from './terminal/defaults.ts';

/** What a command is answered with, for the till that asks (undefined before it has a name). */
type Command = (
  terminal: Terminal | undefined,
  context: BootstrapContext,
  parameters: URLSearchParams,
) => JsonObject | object;

const COMMANDS: Readonly<Record<string, Command>> = {
  initActions,
  preRenderActions,
  companyLogo: () => ({ logoUrl: '' }),
  userImages,
};

/** `…loginutils?command=…`: what a till asks before the log-in, in the order of {@link COMMANDS}. */
export const loginUtilsRoutes: readonly BootstrapRoute[] = [
  '/org.openbravo.retail.posterminal.service.loginutils',
  '/org.openbravo.mobile.core.loginutils',
].map((path) => ({ path, answer: (...given) => Promise.resolve(answer(...given)) }));

function answer(parameters: URLSearchParams, context: BootstrapContext): BootstrapAnswer {
  const name = parameters.get('command') ?? '';
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const known = Object.keys(COMMANDS).join(', ');
    return errorAnswer(400, `The command ${quoted(name)} is not known; it is one of ${known}.`);
  }
  const terminal = terminalOf(parameters, context);
  return isRefusal(terminal)
    ? errorAnswer(404, terminal.refused)
    : jsonAnswer(command(terminal, context, parameters));
}

function terminalOf(
  parameters: URLSearchParams,
  { definitions }: BootstrapContext,
): Terminal | undefined | Refusal {
  return namedTerminal({ terminalName: parameters.get('terminalName') ?? undefined }, definitions);
}

/** The definitions of a till's request router. */
function initActions(
  terminal: Terminal | undefined,
  { definitions, modules, self, system }: BootstrapContext,
  parameters: URLSearchParams,
): object {
  const services = mobileServices(modules);
  const sent = parameters.get('cacheSessionId') ?? '';
  return {
    // Clients need 32 characters.
    cacheSessionId: /^[0-9A-Za-z]{32}$/.test(sent) ? sent : system.ids.next(),
    servers: serversForClient(definitions, services, {
      organization: terminal?.organization ?? null,
      selfKey: self.key,
    }),
    services: servicesForClient(services),
    executePerformanceTest: 'N',
    terminalAuthentication: 'N',
    // A till of ours tells it in its heartbeat, so that screens show who has taken a change up.
    definitionsEdition: editionOf(definitions),
  };
}

/** Labels, formats and, in a session, what the user may do. */
function preRenderActions(
  terminal: Terminal | undefined,
  context: BootstrapContext,
  parameters: URLSearchParams,
): object {
  const { caller, definitions } = context;
  const locale = localeFor(parameters.get('language') ?? languageOf(terminal));
  const { languageId, languageSk } = locale;
  const userId = caller?.kind === 'user' ? caller.userId : '0';
  return {
    labels: { ...locale.labels, languageId, languageSk, userId },
    lists: { orderType: LIST_DEFAULTS['orderType'] ?? [], languageId },
    activeSession: caller !== undefined,
    dateFormats: DATE_FORMATS,
    appCaption: 'Web POS',
    format: FORMATS,
    ...(caller?.kind === 'user' && {
      permissions: permissionsOf(
        definitions,
        terminal === undefined ? { organization: caller.organization } : placeOf(terminal),
      ),
      contextInfo: contextRows(caller, context),
    }),
  };
}

function contextRows(
  caller: Parameters<typeof contextInfoOf>[0] & { kind: 'user' },
  { definitions }: BootstrapContext,
): JsonObject {
  const info = contextInfoOf(caller, definitions);
  const user = definitions.users.find((row) => row.id === caller.userId);
  const organization = definitions.organizations.find((row) => row.id === info.orgId);
  const named = (id: string, name: string | undefined): JsonObject => ({
    id,
    _identifier: name ?? id,
    name: name ?? id,
  });
  return {
    user: { ...named(info.userId, user?.name), username: user?.userName ?? info.userId },
    role: { ...named(info.roleId, info.roleId), manual: true },
    organization: named(info.orgId, organization?.name),
    client: named(info.clientId, undefined),
  };
}

/** Every preference that is set, as it counts at the place; Y and N as booleans. */
function permissionsOf(
  definitions: BootstrapContext['definitions'],
  place: PreferencePlace,
): { key: string; value: Json }[] {
  const keys = new Set(definitions.preferences.map((row: Preference) => row.key));
  return [...keys].flatMap((key) => {
    const value = preference(definitions, key, place);
    if (value === undefined) return [];
    return { key, value: value === 'Y' ? true : value === 'N' ? false : value };
  });
}

/** Who may be chosen on the log-in screen: the people of the till's store, and no administrator. */
function userImages(terminal: Terminal | undefined, { definitions }: BootstrapContext): object {
  const lineage = terminal === undefined ? [] : lineageOf(definitions, terminal.organization);
  return {
    data: definitions.users
      .filter((user) => user.active && user.role !== 'administrator')
      .filter((user) => lineage.includes(user.organization))
      .map((user) => ({ name: user.name, userName: user.userName, userId: user.id, image: null })),
  };
}

function languageOf(terminal: Terminal | undefined): string | null {
  const row = terminal?.config['terminal'];
  const language =
    typeof row === 'object' && row !== null && 'language_string' in row
      ? row.language_string
      : null;
  return typeof language === 'string' ? language : null;
}
