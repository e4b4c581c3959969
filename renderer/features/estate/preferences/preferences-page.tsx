import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type {
  DefinitionsSummary,
  OrganizationNode,
  PreferenceList,
  TerminalList,
} from '../../../../server/contract/definitions-api.ts';
import type { Place } from '../../../estate-client.ts';
import { organizationsQuery, preferencesQuery, terminalsQuery } from '../../../estate-queries.ts';
import { Card } from '../../../ui/card.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { RowsSkeleton } from '../../../ui/rows-skeleton.tsx';
import { PreferenceEditor } from './preference-editor.tsx';
import type { Editing } from './preference-editor.tsx';
import { PreferenceItem } from './preference-item.tsx';
import { useHolderWords } from './use-holder-words.ts';

/** What is set, where, and what counts for a chosen store or till. */
export function PreferencesPage({ summary }: { summary: DefinitionsSummary }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const place = placeOf(params);
  const { data, error, refetch } = useQuery(preferencesQuery(place));
  const [editing, setEditing] = useState<Editing | null>(null);
  const holderWords = useHolderWords();
  const where =
    place.terminal !== undefined
      ? holderWords({ level: 'terminal', id: place.terminal })
      : place.organization !== undefined
        ? holderWords({ level: 'organization', id: place.organization })
        : null;
  return (
    <Card
      title={t('estate.preferences.title')}
      hint={t('estate.preferences.hint')}
      side={<PlaceChoice place={place} onChoose={(chosen) => setParams({ ...chosen })} />}
    >
      {data === undefined ? (
        error ? (
          <Problem error={error} onAgain={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={6} />
        )
      ) : (
        <>
          <ul>
            {data.preferences.map((entry) => (
              <PreferenceItem
                key={entry.key}
                entry={entry}
                where={where}
                onEdit={
                  summary.readOnly === null
                    ? (holder) => setEditing({ entry, holder: holder ?? startOf(entry, place) })
                    : undefined
                }
              />
            ))}
          </ul>
          <PreferenceEditor
            editing={editing}
            clients={data.clients}
            onClose={() => setEditing(null)}
          />
        </>
      )}
    </Card>
  );
}

function PlaceChoice(props: { place: Place; onChoose: (place: Place) => void }) {
  const { t } = useTranslation();
  const organizations = useQuery(organizationsQuery).data?.organizations ?? [];
  const terminals = useQuery(terminalsQuery).data?.terminals ?? [];
  const { terminal, organization } = props.place;
  const value =
    terminal !== undefined
      ? `terminal ${terminal}`
      : organization !== undefined
        ? `organization ${organization}`
        : '';
  return (
    <NativeSelect
      label={t('estate.preferences.place')}
      value={value}
      onChange={(event) => {
        const [level, ...rest] = event.currentTarget.value.split(' ');
        const id = rest.join(' ');
        if (level === 'terminal') props.onChoose({ terminal: id });
        else props.onChoose(level === 'organization' ? { organization: id } : {});
      }}
      data={[
        { value: '', label: t('estate.level.system') },
        { group: t('estate.organizations.title'), items: organizationItems(organizations) },
        { group: t('estate.uptake.tills'), items: terminalItems(terminals) },
      ]}
    />
  );
}

function organizationItems(nodes: readonly OrganizationNode[]) {
  return nodes
    .filter(({ active }) => active)
    .map(({ id, name, depth }) => ({
      value: `organization ${id}`,
      // A list of choices has no tree: spaces that stay show the depth.
      label: '\u00a0'.repeat(depth * 3) + name,
    }));
}

function terminalItems(terminals: TerminalList['terminals']) {
  return terminals
    .filter(({ active }) => active)
    .map(({ id, name, searchKey }) => ({
      value: `terminal ${id}`,
      label: `${name} (${searchKey})`,
    }));
}

function placeOf(params: URLSearchParams): Place {
  const [terminal, organization] = [params.get('terminal'), params.get('organization')];
  if (terminal !== null) return { terminal };
  return organization === null ? {} : { organization };
}

/** Whom a new setting is for at first: the chosen place where it can be set there, else the system. */
function startOf(
  { levels }: PreferenceList['preferences'][number],
  { terminal, organization }: Place,
): Editing['holder'] {
  if (terminal !== undefined && levels.includes('terminal')) {
    return { level: 'terminal', id: terminal };
  }
  if (organization !== undefined && levels.includes('organization')) {
    return { level: 'organization', id: organization };
  }
  return { level: 'system', id: '' };
}
