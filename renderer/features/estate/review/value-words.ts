import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { RowDifference } from '../../../../server/contract/definitions-api.ts';
import type { Json } from '../../../../server/contract/json.ts';
import {
  organizationsQuery,
  preferencesQuery,
  serversQuery,
  terminalsQuery,
} from '../../../estate-queries.ts';
import { useFormat } from '../../../time.ts';
import { preferenceName, valueWord } from '../preferences/preference-words.ts';
import { isObject } from './parts.ts';
import { shortName } from '../words.ts';

const FIELDS = [
  'name',
  'description',
  'key',
  'type',
  'url',
  'priority',
  'allOrganizations',
  'organizations',
  'allServices',
  'definedServices',
  'services',
  'replicatesWith',
  'active',
  'parent',
  'value',
  'organization',
  'terminal',
  'client',
  'searchKey',
  'priceList',
  'docNoPrefix',
  'returnDocNoPrefix',
  'quotationDocNoPrefix',
  'currency',
  'role',
  'userName',
  'config',
] as const;

/** What people call a member of a row; its own name where we have no word. */
export function fieldWord(t: TFunction, field: string): string {
  const known = FIELDS.find((one) => one === field);
  return known === undefined ? field : t(`estate.field.${known}`);
}

/** Whether a value says nothing. */
export function isUnset(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The items of a list as texts; empty where it is none. */
export function listOf(value: Json): string[] {
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
    : [];
}

/** A currency by its code, anything else as it is written. */
function objectWord(field: string, value: Json): string {
  const code = field === 'currency' && isObject(value) ? value['isoCode'] : undefined;
  return typeof code === 'string' ? code : JSON.stringify(value);
}

/** How the values of rows are written: names instead of ids, words instead of codes. */
export function useValueWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const organizations = useQuery(organizationsQuery).data?.organizations ?? [];
  const terminals = useQuery(terminalsQuery).data?.terminals ?? [];
  const servers = useQuery(serversQuery).data?.servers ?? [];
  const preferences = useQuery(preferencesQuery({})).data?.preferences ?? [];
  const organization = (id: string): string =>
    organizations.find((row) => row.id === id)?.name ?? id;
  const server = (key: string): string => servers.find((row) => row.key === key)?.name ?? key;
  const entryOf = (row: RowDifference) => {
    const key = row.fields.find(({ field }) => field === 'key')?.after;
    return preferences.find(
      (entry) => entry.key === key || entry.set.some(({ id }) => id === row.id),
    );
  };
  return {
    /** What the row is called. */
    rowName(row: RowDifference): string {
      const entry = row.model === 'Preference' ? entryOf(row) : undefined;
      return entry === undefined ? row.name : preferenceName(t, entry);
    },
    /** One item of a list. */
    item(field: string, item: string): string {
      if (field === 'organizations') return organization(item);
      return field === 'replicatesWith' ? server(item) : shortName(item);
    },
    value(row: RowDifference, field: string, value: Json): string {
      if (isUnset(value)) return t('estate.value.unset');
      if (typeof value === 'boolean') return t(value ? 'estate.value.yes' : 'estate.value.no');
      if (typeof value === 'number') return format.number(value);
      if (typeof value !== 'string') return objectWord(field, value);
      if (value === 'MAIN' || value === 'STORE') return t(`estate.type.${value}`);
      if (field === 'definedServices' && (value === 'only' || value === 'excluding')) {
        return t(`estate.servers.defined.${value}`);
      }
      if (field === 'organization' || field === 'parent') return organization(value);
      if (field === 'terminal') return terminals.find(({ id }) => id === value)?.name ?? value;
      const entry = row.model === 'Preference' && field === 'value' ? entryOf(row) : undefined;
      return entry === undefined ? value : valueWord(t, format, entry, value, server);
    },
  };
}
