import type { Definitions, Terminal } from '../../../server/contract/definitions.ts';
import type { JsonObject } from '../../../server/contract/json.ts';
import { matchService } from '../../../server/core/service-match.ts';
import type { QueryAnswer, ServiceContext } from '../../../server/mobile/module.ts';
import { mobileCore } from '../../../server/mobile/modules/mobile-core/index.ts';
import { posterminal } from '../../../server/mobile/modules/posterminal/index.ts';
import { pageEnvelope } from '../../../server/mobile/query/page-envelope.ts';
import type { Storage } from '../../../server/storage/port.ts';
import type { System } from '../../../server/system/ports.ts';
import { definitionsOf } from '../definitions.ts';

export const NOW_MS = Date.UTC(2026, 2, 31, 12);

export const modules = [mobileCore, posterminal];
export const models = modules.flatMap((module) => module.models);

export const till: Terminal = {
  id: 'TILL1',
  searchKey: 'VBS-1',
  name: 'Till 1',
  client: 'CLIENT',
  organization: 'STORE',
  priceList: 'LIST-A',
  docNoPrefix: 'VBS1',
  returnDocNoPrefix: 'VBS1R',
  quotationDocNoPrefix: null,
  currency: { id: '102', isoCode: 'EUR', precision: 2 },
  config: {},
  active: true,
};

export const shop: Definitions = definitionsOf({
  organizations: [
    { id: '0', name: 'Company', parent: null, active: true },
    { id: 'STORE', name: 'Store', parent: '0', active: true },
  ],
  terminals: [till],
  preferences: [
    {
      id: 'P1',
      key: 'OBPOS_EnableMultiPriceList',
      value: 'Y',
      organization: null,
      active: true,
    },
  ],
});

const silent = (): void => undefined;

/** A system whose clock a test sets. */
export function systemAt(nowMs: () => number): System {
  let id = 0;
  return {
    clock: { nowMs, monotonicMs: nowMs },
    timers: { after: () => silent, pause: () => Promise.resolve() },
    chance: { next: () => 0.5 },
    ids: { next: () => String(++id).padStart(32, '0') },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
}

export function contextOn(
  storage: Storage,
  parts: Partial<ServiceContext> = {},
  nowMs = (): number => NOW_MS,
): ServiceContext {
  return {
    system: systemAt(nowMs),
    storage,
    definitions: shop,
    caller: {
      kind: 'user',
      userId: 'U1',
      role: 'cashier',
      organization: 'STORE',
      terminal: till.id,
      issuer: 'store-1',
      expiresAtMs: NOW_MS + 1000,
    },
    terminal: undefined,
    self: { key: 'store-1', role: 'main' },
    ...parts,
  };
}

/** Asks a service as the router does. */
export async function ask(
  service: string,
  parameters: JsonObject,
  context: ServiceContext,
): Promise<QueryAnswer> {
  const declaration = matchService(
    service,
    modules.flatMap((module) => module.services),
  );
  if (declaration?.kind !== 'query') throw new Error(`${service} is no query`);
  return declaration.answer(parameters, context);
}

export interface Answered {
  data: JsonObject[];
  startRow: number;
  endRow: number;
  totalRows?: number;
  status: number;
  lastUpdated: number;
}

/** The `response` of a query that must succeed, read back from the bytes of a page. */
export async function answered(
  service: string,
  parameters: JsonObject,
  context: ServiceContext,
): Promise<Answered> {
  const answer = await ask(service, parameters, context);
  if (!answer.ok) throw new Error(answer.message);
  if ('data' in answer) {
    const data = answer.data as JsonObject[];
    return { data, startRow: 0, endRow: data.length - 1, status: 0, lastUpdated: NOW_MS };
  }
  return (JSON.parse(pageEnvelope(answer).toString()) as { response: Answered }).response;
}

/** What a real till sends with every query of master data. */
export function tillQuery(more: JsonObject = {}): JsonObject {
  return {
    client: 'CLIENT',
    organization: 'STORE',
    pos: till.id,
    terminalName: till.searchKey,
    appName: 'WebPOS',
    timeout: 10_000,
    lastUpdated: null,
    _isMasterdata: true,
    _dateFormat: 'dd-MM-yyyy',
    parameters: {
      terminalTime: '2026-03-31T12:00:00.000Z',
      terminalTimeOffset: { value: -120 },
    },
    ...more,
  };
}
