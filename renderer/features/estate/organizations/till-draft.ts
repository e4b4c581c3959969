import type {
  DefinitionChange,
  TerminalList,
} from '../../../../server/contract/definitions-api.ts';
import type { Json } from '../../../../server/contract/json.ts';

export type Till = TerminalList['terminals'][number];

/** A till's definition as it stands in the form. */
export interface TillDraft {
  searchKey: string;
  name: string;
  organization: string;
  docNoPrefix: string;
  /** '' where they are numbered like sales. */
  returnDocNoPrefix: string;
  quotationDocNoPrefix: string;
  client: string;
  priceList: string;
  /** Id, code and decimals: `102 EUR 2`. */
  currency: string;
  /** The id of a till whose Web POS set-up (payments, warehouse, printer …) it gets; '' to leave it. */
  like: string;
}
export type TillField = keyof TillDraft;

const TEXTS = [
  ...(['searchKey', 'name', 'organization', 'docNoPrefix'] as const),
  ...(['client', 'priceList'] as const),
];
const PREFIXES = ['returnDocNoPrefix', 'quotationDocNoPrefix'] as const;

/** A till's definition put into the form. */
export function tillDraft(till: Till): TillDraft {
  const { searchKey, name, organization, docNoPrefix, client, priceList } = till;
  return {
    ...{ searchKey, name, organization, docNoPrefix, client, priceList },
    returnDocNoPrefix: till.returnDocNoPrefix ?? '',
    quotationDocNoPrefix: till.quotationDocNoPrefix ?? '',
    currency: currencyText(till.currency),
    like: '',
  };
}

/** A form for a new till of an organization, set up like one that is there. */
export function newTillDraft(organization: string, model: Till | undefined): TillDraft {
  const empty = { searchKey: '', name: '', docNoPrefix: '' };
  const prefixes = { returnDocNoPrefix: '', quotationDocNoPrefix: '' };
  return { ...empty, ...prefixes, organization, ...likeTill(model) };
}

/** What a till takes over from another: whose it is, its prices and money, and its set-up. */
export function likeTill(
  model: Till | undefined,
): Pick<TillDraft, 'client' | 'priceList' | 'currency' | 'like'> {
  return {
    client: model?.client ?? '',
    priceList: model?.priceList ?? '',
    currency: model === undefined ? '' : currencyText(model.currency),
    like: model?.id ?? '',
  };
}

/** The change that the form asks for: only what a person has altered. */
export function tillChange(
  draft: TillDraft,
  till: Till | undefined,
  tills: readonly Till[],
): DefinitionChange {
  const config = tills.find(({ id }) => id === draft.like)?.config;
  const row = {
    ...rowOf(draft),
    // What came as JSON is JSON again.
    ...(config !== undefined && { config: config as Record<string, Json> }),
  };
  if (till === undefined) return { action: 'create', model: 'Terminal', row };
  const before: Record<string, Json> = {
    ...rowOf(tillDraft(till)),
    config: till.config as Record<string, Json>,
  };
  const fields = Object.fromEntries(
    Object.entries(row).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
    ),
  );
  return { action: 'update', model: 'Terminal', id: till.id, fields };
}

/** `102 EUR 2` */
export function currencyText({ id, isoCode, precision }: Till['currency']): string {
  return `${id} ${isoCode} ${precision}`;
}

function rowOf(draft: TillDraft): Record<string, Json> {
  const texts = TEXTS.map((field) => [field, draft[field].trim()] as const);
  const prefixes = PREFIXES.map((field) => [field, draft[field].trim() || null] as const);
  return { ...Object.fromEntries([...texts, ...prefixes]), currency: currencyOf(draft.currency) };
}

/** What is no currency is handed on as it is: the server says what is wrong with it. */
function currencyOf(text: string): Json {
  const [, id, isoCode, precision] = /^\s*(\S+)\s+(\S{3})\s+(\d)\s*$/.exec(text) ?? [];
  if (id === undefined || isoCode === undefined) return text;
  return { id, isoCode, precision: Number(precision) };
}
